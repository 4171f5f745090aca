using Ivg.Core.Images;
using Ivg.Core.Jobs;

namespace Ivg.Core.Generation.Layout;

/// <summary>What was done to give a result the ratio asked for.</summary>
/// <param name="How"><c>crop</c> or <c>pad</c>.</param>
/// <param name="Share">Share of the picture cut off, or of the new one that is padding, 0 to 1.</param>
internal sealed record RatioFit(string How, double Share)
{
    /// <summary>Models never draw an exact ratio; up to here (about 4 %) it is left as it is.</summary>
    public const double Tolerance = 0.04;

    // Beyond this share a crop cuts into subjects, and padding is the smaller evil.
    private const double MaxCrop = 0.12;

    /// <summary>Cuts the middle out while little is lost, else pads with the border's colour.</summary>
    public static (ProducedImage Image, RatioFit Fit) Apply(ProducedImage image, string ratio)
    {
        var picture = Pictures.Decode(image.Bytes);
        var (own, target) = ((double)picture.Width / picture.Height, AspectRatios.Value(ratio));
        var change = 1 - Math.Min(own / target, target / own);
        var crop = change <= MaxCrop;
        var (width, height) = crop == own > target
            ? (Math.Max(1, (int)Math.Round(picture.Height * target)), picture.Height)
            : (picture.Width, Math.Max(1, (int)Math.Round(picture.Width / target)));
        var png = Pictures.Encode(Centre(picture, width, height), ImageFormat.Png, effort: 1);
        return (new ProducedImage(png, ImageFormat.Png.MediaType(), width, height), new RatioFit(crop ? "crop" : "pad", Figures.Share(change)));
    }

    private static Picture Centre(Picture picture, int width, int height)
    {
        var bands = picture.Bands;
        var pixels = new byte[(long)width * height * bands];
        var (left, top) = ((width - picture.Width) / 2, (height - picture.Height) / 2);
        if (left > 0 || top > 0)
        {
            var border = Border(picture);
            for (var at = 0; at < pixels.Length; at += bands) border.CopyTo(pixels.AsSpan(at));
        }
        var (from, to) = (Math.Max(0, left), Math.Min(width, left + picture.Width));
        for (var y = Math.Max(0, top); y < Math.Min(height, top + picture.Height); y++)
            picture.Pixels.AsSpan((((y - top) * picture.Width) + from - left) * bands, (to - from) * bands).CopyTo(pixels.AsSpan(((y * width) + from) * bands));
        return new Picture(width, height, bands, pixels);
    }

    // The median of each band: what most of the border is, whatever touches it here and there.
    private static byte[] Border(Picture picture)
    {
        var (w, h, bands) = (picture.Width, picture.Height, picture.Bands);
        var colour = new byte[bands];
        for (var band = 0; band < bands; band++)
        {
            var values = new List<byte>(2 * (w + h));
            for (var x = 0; x < w; x++) values.AddRange([picture.Pixels[(x * bands) + band], picture.Pixels[((((h - 1) * w) + x) * bands) + band]]);
            for (var y = 0; y < h; y++) values.AddRange([picture.Pixels[(y * w * bands) + band], picture.Pixels[((((y + 1) * w) - 1) * bands) + band]]);
            values.Sort();
            colour[band] = values[values.Count / 2];
        }
        return colour;
    }
}
