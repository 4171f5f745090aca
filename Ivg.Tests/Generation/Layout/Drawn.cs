using Ivg.Core.Generation.Layout;
using Ivg.Core.Images;

namespace Ivg.Tests.Generation.Layout;

/// <summary>Pictures whose layout is known because it was drawn so.</summary>
internal static class Drawn
{
    public static readonly (int R, int G, int B) Cream = (244, 234, 208);

    public static Picture Fill(int width, int height, Func<double, double, (int R, int G, int B)> colour)
    {
        var pixels = new byte[width * height * 3];
        for (int y = 0, at = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++, at += 3)
            {
                var (r, g, b) = colour((x + 0.5) / width, (y + 0.5) / height);
                (pixels[at], pixels[at + 1], pixels[at + 2]) = ((byte)r, (byte)g, (byte)b);
            }
        }
        return new Picture(width, height, 3, pixels);
    }

    /// <summary>A red square on plain cream: x from 20 % to 40 %, y from 30 % to 60 % of a 3:2 frame.</summary>
    public static Picture RedSquare(int width = 600, int height = 400) =>
        Fill(width, height, (u, v) => u is > 0.2 and < 0.4 && v is > 0.3 and < 0.6 ? (200, 30, 30) : Cream);

    public static Picture Plain(int width, int height) => Fill(width, height, (_, _) => Cream);

    /// <summary>Sky over a darker ground that begins at <paramref name="at"/> of the height.</summary>
    public static Picture Horizon(double at) => Fill(400, 300, (u, v) => v < at ? (190, (int)(215 + (10 * u)), 240) : (70, (int)(100 + (20 * u)), 60));

    public static Picture Gradient() => Fill(300, 300, (u, v) => ((int)(60 + (120 * u)), (int)(90 + (90 * v)), 160));

    /// <summary>A dark ring and dot in the middle of light blue, and two bars at equal distances.</summary>
    public static Picture Symmetric() => Fill(300, 240, (u, v) =>
    {
        var (x, y) = (Math.Abs(u - 0.5), v - 0.4);
        return (x * x) + (y * y) is > 0.02 and < 0.04 || x is > 0.3 and < 0.38 && v is > 0.2 and < 0.9 ? (40, 40, 70) : (200, 220, 240);
    });

    /// <summary>Every pixel by chance, at the size that is measured, so that shrinking does not calm it.</summary>
    public static Picture Noise()
    {
        var random = new Random(5);
        return Fill(Preview.Side, Preview.Side, (_, _) => (random.Next(256), random.Next(256), random.Next(256)));
    }

    public static LayoutHints Hints(Picture picture) => LayoutReader.Read(Preview.Of(picture)).Hints;

    public static byte[] Png(Picture picture) => Pictures.Encode(picture, ImageFormat.Png, effort: 1);
}
