using System.Buffers.Binary;
using Ivg.Core.Images;

namespace Ivg.Core.Generation;

/// <summary>Tells, without decoding, whether a file carries more than pixels: EXIF, XMP, comments, a colour profile, an animation.</summary>
internal static class PictureMetadata
{
    /// <summary>False only for a PNG, JPEG or WebP that is plain; anything odd counts as having metadata.</summary>
    public static bool Has(ReadOnlySpan<byte> file, ImageFormat format) => format switch
    {
        ImageFormat.Png => HasPngMetadata(file),
        ImageFormat.Jpeg => HasJpegMetadata(file),
        ImageFormat.Webp => HasWebpMetadata(file),
        _ => true,
    };

    private static bool HasPngMetadata(ReadOnlySpan<byte> file)
    {
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            var type = file.Slice(at + 4, 4);
            if (type.SequenceEqual("IEND"u8)) return at + 12 != file.Length;
            var plain = type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("IDAT"u8) || type.SequenceEqual("tRNS"u8)
                || type.SequenceEqual("sRGB"u8) || type.SequenceEqual("gAMA"u8) || type.SequenceEqual("cHRM"u8) || type.SequenceEqual("pHYs"u8)
                || type.SequenceEqual("bKGD"u8) || type.SequenceEqual("sBIT"u8);
            if (!plain || length > file.Length) return true;
            at += 12 + (int)length;
        }
        return true;
    }

    private static bool HasJpegMetadata(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 4 <= file.Length;)
        {
            if (file[at] != 0xFF) return true;
            var marker = file[at + 1];
            if (marker == 0xDA) return false;
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (marker is 0xFE or (>= 0xE1 and <= 0xEF and not 0xEE)) return true;
            // A frame of four components is CMYK, which a model may show with wrong colours.
            if (marker is >= 0xC0 and <= 0xC2 && at + 9 < file.Length && file[at + 9] == 4) return true;
            at += 2 + length;
        }
        return true;
    }

    private static bool HasWebpMetadata(ReadOnlySpan<byte> file)
    {
        const int profileExifXmpAnimation = 0x20 | 0x08 | 0x04 | 0x02;
        return file.Length < 21 || (file.Slice(12, 4).SequenceEqual("VP8X"u8) && (file[20] & profileExifXmpAnimation) != 0);
    }
}
