using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Ivg.Core.Images;

/// <summary>
/// Adds text to a finished PNG, uncompressed, so that any tool and even a text search finds it. libvips would write zTXt, which
/// many viewers pass over.
/// </summary>
internal static class PngText
{
    // Signature (8), then IHDR, which comes first and is always 13 bytes in a frame of 12.
    private const int AfterHeader = 8 + 12 + 13;

    /// <param name="png">A whole PNG file.</param>
    /// <param name="texts">Keyword, 1 to 79 Latin letters, to text; ASCII goes to tEXt, anything else as UTF-8 to iTXt.</param>
    public static byte[] Insert(byte[] png, IReadOnlyDictionary<string, string> texts)
    {
        using var result = new MemoryStream(png.Length + 1024);
        result.Write(png.AsSpan(0, AfterHeader));
        foreach (var (keyword, text) in texts)
        {
            // iTXt: not compressed, method 0, no language, no translated keyword.
            var (type, flags) = Ascii.IsValid(text) ? ("tEXt", "\0") : ("iTXt", "\0\0\0\0\0");
            result.Write(Chunk(Encoding.UTF8.GetBytes(type + keyword + flags + text)));
        }

        result.Write(png.AsSpan(AfterHeader));
        return result.ToArray();
    }

    private static byte[] Chunk(byte[] typed)
    {
        var chunk = new byte[typed.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, typed.Length - 4);
        typed.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(typed.Length + 4), Crc32.HashToUInt32(typed));
        return chunk;
    }
}
