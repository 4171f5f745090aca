namespace Ivg.Core.Images;

/// <summary>Recognises formats by content and names their media types.</summary>
public static class ImageFormats
{
    /// <summary>The format by its signature, whatever the file is called; null when it is none of ours.</summary>
    public static ImageFormat? Sniff(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ImageFormat.Png,
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ImageFormat.Webp,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => ImageFormat.Gif,
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => ImageFormat.Tiff,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => SniffIsoBase(bytes),
        [(byte)'B', (byte)'M', ..] => ImageFormat.Bmp,
        _ => null,
    };

    /// <summary>The media type, such as <c>image/png</c>.</summary>
    public static string MediaType(this ImageFormat format) => "image/" + format.ToString().ToLowerInvariant();

    /// <summary>The usual file extension without its dot.</summary>
    public static string Extension(string mediaType) => mediaType == "image/jpeg" ? "jpg" : mediaType[(mediaType.IndexOf('/', StringComparison.Ordinal) + 1)..];

    // A box of type ftyp: its size, the major brand, a version, then the brands it is compatible with.
    private static ImageFormat? SniffIsoBase(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12) return null;
        var end = (int)Math.Min(Math.Min(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes), (uint)bytes.Length), 256u);
        var heif = false;
        for (var at = 8; at + 4 <= Math.Max(end, 12); at += at == 8 ? 8 : 4)
        {
            var brand = bytes.Slice(at, 4);
            // Encoders write mif1 as the major brand of either, so a brand that names the codec decides wherever it stands.
            if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8)) return ImageFormat.Avif;
            heif |= brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8);
        }
        return heif ? ImageFormat.Heif : null;
    }
}
