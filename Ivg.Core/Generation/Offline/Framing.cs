using Ivg.Core.Images;

namespace Ivg.Core.Generation.Offline;

/// <summary>Brings a source to the size and ratio to work at: centre crop while little is lost, else margins of paper.</summary>
internal static class Framing
{
    public const int MaxSide = 1024;
    private const int MinSide = 64;

    // Beyond this share a crop cuts into subjects, and margins are the smaller evil.
    private const double MaxCrop = 0.12;

    /// <summary>The picture in its frame, opaque, and where its own content is (1) and where paper is (0).</summary>
    public static (Picture Framed, float[] Content) Fit(Picture source, string ratio, byte[] paper)
    {
        var target = AspectRatios.Value(AspectRatios.Known.Contains(ratio) ? ratio : AspectRatios.Nearest(source.Width, source.Height));
        var own = (double)source.Width / source.Height;
        var crop = 1 - Math.Min(own / target, target / own) <= MaxCrop;

        // The frame that just covers (crop) or just holds (pad) the source, then bounded.
        var (w, h) = crop == own > target ? (source.Height * target, (double)source.Height) : (source.Width, source.Width / target);
        var scale = Math.Min(1, MaxSide / Math.Max(w, h));
        scale = Math.Max(scale, MinSide / Math.Min(w, h));
        var (width, height) = (Side(w * scale), Side(h * scale));
        var fit = crop
            ? Math.Max((double)width / source.Width, (double)height / source.Height)
            : Math.Min((double)width / source.Width, (double)height / source.Height);
        var scaled = Pictures.Resize(source, Math.Max(1, (int)Math.Round(source.Width * fit)), Math.Max(1, (int)Math.Round(source.Height * fit)));
        return Lay(scaled, width, height, paper);
    }

    private static int Side(double side) => Math.Max(1, (int)Math.Round(side));

    private static (Picture Framed, float[] Content) Lay(Picture picture, int width, int height, byte[] paper)
    {
        var (left, top, bands) = ((width - picture.Width) / 2, (height - picture.Height) / 2, picture.Bands);
        var (pixels, content) = (new byte[width * height * 3], new float[width * height]);
        for (int y = 0, i = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++, i++)
            {
                var (sx, sy) = (x - left, y - top);
                var inside = sx >= 0 && sy >= 0 && sx < picture.Width && sy < picture.Height;
                var s = inside ? ((sy * picture.Width) + sx) * bands : 0;
                var alpha = !inside ? 0 : bands == 4 ? picture.Pixels[s + 3] : 255;
                content[i] = alpha / 255f;
                for (var band = 0; band < 3; band++)
                    pixels[(i * 3) + band] = (byte)(((picture.Pixels[s + band] * alpha) + (paper[band] * (255 - alpha)) + 127) / 255);
            }
        }

        return (new Picture(width, height, 3, pixels), content);
    }
}
