using Ivg.Core.Images;
using NetVips;

namespace Ivg.Tests.BackgroundRemoval;

/// <summary>Draws a picture with a subject: a shaded ball with a soft edge over a textured ground, and knows its true alpha.</summary>
internal static class Drawn
{
    public static Picture Ball(int width, int height, double centreX = 0.5, double centreY = 0.5, double radius = 0.3, bool transparentGround = false)
    {
        var bands = transparentGround ? 4 : 3;
        var pixels = new byte[width * height * bands];
        var noise = new Random(5);
        var size = radius * Math.Min(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (dx, dy) = (x + 0.5 - centreX * width, y + 0.5 - centreY * height);
                var distance = Math.Sqrt(dx * dx + dy * dy);
                var alpha = Math.Clamp((size - distance) / 3 + 0.5, 0, 1);
                var light = Math.Clamp(1 - Math.Sqrt(Math.Pow(dx + size / 3, 2) + Math.Pow(dy + size / 3, 2)) / (1.8 * size), 0.15, 1);
                var grain = noise.Next(-6, 7);
                double[] ball = [60 + 190 * light, 30 + 60 * light * light, 20 + 50 * light * light];
                double[] ground = [150 + 40.0 * y / height + grain, 190 + 30.0 * y / height + grain, 170 + grain];
                var at = (y * width + x) * bands;
                for (var band = 0; band < 3; band++)
                    pixels[at + band] = (byte)Math.Clamp(transparentGround ? ball[band] : ball[band] * alpha + ground[band] * (1 - alpha), 0, 255);
                if (transparentGround) pixels[at + 3] = (byte)(alpha * 255);
            }
        }
        return new Picture(width, height, bands, pixels);
    }

    public static byte[] Png(Picture picture) => Pictures.Encode(picture, ImageFormat.Png, effort: 1);

    /// <summary>One colour all over.</summary>
    public static Picture Plain(int width, int height, byte red, byte green, byte blue)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i += 3) (pixels[i], pixels[i + 1], pixels[i + 2]) = (red, green, blue);
        return new Picture(width, height, 3, pixels);
    }

    /// <summary>A JPEG whose EXIF block says how it must be turned.</summary>
    public static byte[] JpegWithOrientation(Picture picture, byte orientation)
    {
        var jpeg = Pictures.Encode(picture, ImageFormat.Jpeg);
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0,
            (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    /// <summary>A GIF that shows one picture and then the other.</summary>
    public static byte[] TwoFrameGif(Picture first, Picture second)
    {
        using var one = Image.NewFromMemory(first.Pixels, first.Width, first.Height, first.Bands, Enums.BandFormat.Uchar);
        using var two = Image.NewFromMemory(second.Pixels, second.Width, second.Height, second.Bands, Enums.BandFormat.Uchar);
        using var strip = one.Join(two, Enums.Direction.Vertical).Copy(interpretation: Enums.Interpretation.Srgb);
        using var paged = strip.Mutate(image => image.Set(GValue.GIntType, "page-height", first.Height));
        return paged.GifsaveBuffer();
    }

    /// <summary>Sum of absolute differences of alpha.</summary>
    public static double AlphaError(Picture cut, Picture truth) =>
        Enumerable.Range(0, cut.Width * cut.Height).Sum(i => Math.Abs(cut.Pixels[i * 4 + 3] - truth.Pixels[i * 4 + 3]) / 255.0);

    public static byte Alpha(Picture picture, int x, int y) => picture.Pixels[(y * picture.Width + x) * 4 + 3];
}
