using System.Buffers.Binary;

namespace Ivg.Core.Images;

/// <summary>Takes a PNG's notes out (EXIF, XMP and other text, the time), leaving its pixels packed as they are.</summary>
internal static class PngNotes
{
    private const int Frame = 12;

    /// <summary>The file without them, and without what follows its end; it may have other chunks of any kind, and must be whole.</summary>
    public static byte[] Remove(ReadOnlySpan<byte> png)
    {
        var kept = new byte[png.Length];
        png[..8].CopyTo(kept);
        var length = 8;
        for (var at = 8; at + Frame <= png.Length;)
        {
            var size = Frame + (long)BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            if (size > png.Length - at) break;
            var chunk = png.Slice(at, (int)size);
            var type = chunk.Slice(4, 4);
            if (!IsNote(type))
            {
                chunk.CopyTo(kept.AsSpan(length));
                length += chunk.Length;
            }
            if (type.SequenceEqual("IEND"u8)) break;
            at += chunk.Length;
        }
        return kept[..length];
    }

    private static bool IsNote(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("eXIf"u8) || type.SequenceEqual("tEXt"u8) || type.SequenceEqual("zTXt"u8) || type.SequenceEqual("iTXt"u8) || type.SequenceEqual("tIME"u8);
}
