using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Ivg.Core.Images;

/// <summary>
/// What a PNG says beside its pixels, replaced without touching them: bytes are copied, nothing is decoded. Texts are stored uncompressed, so
/// that any tool and even a text search finds them; libvips would write zTXt, which many viewers pass over.
/// </summary>
internal static class PngText
{
    /// <summary>The keyword under which readers look for an XMP packet.</summary>
    public const string Xmp = "XML:com.adobe.xmp";

    private const int Signature = 8;

    // Length, type and checksum.
    private const int Frame = 12;

    /// <summary>The same picture with these texts and no others; EXIF, earlier texts and whatever else is no part of the pixels is left out.</summary>
    /// <param name="png">A whole PNG file.</param>
    /// <param name="texts">Keyword, 1 to 79 Latin letters, to text; ASCII goes to tEXt, anything else and XMP as UTF-8 to iTXt.</param>
    public static byte[] Replace(ReadOnlySpan<byte> png, IReadOnlyDictionary<string, string> texts)
    {
        using var result = new MemoryStream(png.Length + 4096);
        result.Write(png[..Signature]);
        for (var at = Signature; at + Frame <= png.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            if (length > png.Length - at - Frame) break;
            var chunk = png.Slice(at, (int)length + Frame);
            var type = chunk.Slice(4, 4);
            if (MakesPixels(type)) result.Write(chunk);

            // Texts come early, where readers that stop at the first pixels find them.
            if (type.SequenceEqual("IHDR"u8)) WriteTexts(result, texts);
            if (type.SequenceEqual("IEND"u8)) break;
            at += chunk.Length;
        }

        return result.ToArray();
    }

    private static bool MakesPixels(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8)
        || type.SequenceEqual("tRNS"u8) || type.SequenceEqual("sRGB"u8) || type.SequenceEqual("gAMA"u8) || type.SequenceEqual("cHRM"u8)
        || type.SequenceEqual("iCCP"u8) || type.SequenceEqual("cICP"u8) || type.SequenceEqual("sBIT"u8) || type.SequenceEqual("pHYs"u8);

    private static void WriteTexts(MemoryStream result, IReadOnlyDictionary<string, string> texts)
    {
        foreach (var (keyword, text) in texts)
        {
            // iTXt: not compressed, method 0, no language, no translated keyword.
            var (type, flags) = Ascii.IsValid(text) && keyword != Xmp ? ("tEXt", "\0") : ("iTXt", "\0\0\0\0\0");
            result.Write(Chunk(Encoding.UTF8.GetBytes(type + keyword + flags + text)));
        }
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
