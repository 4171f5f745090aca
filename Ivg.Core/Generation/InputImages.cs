using System.Collections.ObjectModel;
using Ivg.Core.Images;

namespace Ivg.Core.Generation;

/// <summary>Makes stored pictures fit to be shown to a model: upright, without metadata, bounded in pixels and bytes.</summary>
internal static class InputImages
{
    /// <summary>Longest side in pixels; more buys no detail in a result of 1K.</summary>
    public const int MaxSide = 2048;

    /// <summary>Largest file in bytes: two of them, in base64 and with their words, stay under a request of 18 MB.</summary>
    public const int MaxBytes = 6_500_000;

    /// <summary>Passes a fitting PNG, JPEG or WebP on untouched, a PNG with notes without them; decodes anything else once and encodes it anew.</summary>
    /// <exception cref="ImageRejectedException">It cannot be read.</exception>
    public static RoleImage Prepare(ImageRole role, byte[] bytes, int maxSide = MaxSide) => Prepare(role, bytes, maxSide, out _);

    /// <summary>The same, with the pixels where it had to decode them.</summary>
    public static RoleImage Prepare(ImageRole role, byte[] bytes, int maxSide, out Picture? decoded)
    {
        decoded = null;
        var info = Pictures.Identify(bytes);
        var fits = info.Orientation == 1 && Math.Max(info.Width, info.Height) <= maxSide && bytes.Length <= MaxBytes;
        if (fits && !PictureMetadata.Has(bytes, info.Format))
            return new RoleImage(role, bytes, info.Format.MediaType(), info.Width, info.Height);
        if (fits && info.Format is ImageFormat.Png && PngText.Replace(bytes, ReadOnlyDictionary<string, string>.Empty) is var bare
            && !PictureMetadata.Has(bare, ImageFormat.Png))
            return new RoleImage(role, bare, "image/png", info.Width, info.Height);
        decoded = Pictures.Decode(bytes, maxSide);
        return Encode(role, decoded, lossless: info.Format is not ImageFormat.Jpeg);
    }

    /// <summary>The same picture in other bytes: a model that refuses exact pixels often takes them so.</summary>
    public static RoleImage Reencode(RoleImage image) => Encode(image.Role, Pictures.Decode(image.Bytes), lossless: image.MediaType == "image/jpeg");

    private static RoleImage Encode(ImageRole role, Picture picture, bool lossless)
    {
        if (lossless)
        {
            var png = Pictures.Encode(picture, ImageFormat.Png, effort: 3);
            if (png.Length <= MaxBytes) return new RoleImage(role, png, "image/png", picture.Width, picture.Height);
        }
        var format = picture.HasAlpha ? ImageFormat.Webp : ImageFormat.Jpeg;
        var bytes = Pictures.Encode(picture, format);
        // Only noise is still too large here; it loses nothing by being smaller.
        return bytes.Length <= MaxBytes
            ? new RoleImage(role, bytes, format.MediaType(), picture.Width, picture.Height)
            : Encode(role, Pictures.Resize(picture, picture.Width * 3 / 4, picture.Height * 3 / 4), lossless: false);
    }
}
