using Ivg.Core.Generation;
using Ivg.Core.Images;
using Ivg.Core.Styles;

namespace Ivg.Tests.Generation.Offline;

/// <summary>Pictures drawn for the tests, and requests made of them.</summary>
internal static class Samples
{
    /// <summary>Sky, sun, hill and a house: areas, edges and a gradient.</summary>
    public static Picture Scene(int width = 320, int height = 240)
    {
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (u, v) = (x / (float)width, y / (float)height);
                var (r, g, b) = (110 + (90 * v), 165 + (60 * v), 225f);
                if (MathF.Pow((u - 0.8f) * 4 / 3, 2) + MathF.Pow(v - 0.22f, 2) < 0.012f) (r, g, b) = (255, 238, 170);
                if (v > 0.62f + (0.08f * MathF.Sin(u * 7))) (r, g, b) = (60 + (40 * u), 110 + (30 * u), 50);
                if (u is > 0.25f and < 0.5f && v is > 0.42f and < 0.8f) (r, g, b) = (190, 60, 45);
                if (u is > 0.34f and < 0.4f && v > 0.6f && v < 0.8f) (r, g, b) = (40, 30, 30);
                var i = ((y * width) + x) * 3;
                (pixels[i], pixels[i + 1], pixels[i + 2]) = ((byte)r, (byte)g, (byte)b);
            }
        }

        return new Picture(width, height, 3, pixels);
    }

    /// <summary>A red disc on nothing.</summary>
    public static Picture Disc(int side)
    {
        var pixels = new byte[side * side * 4];
        for (var i = 0; i < side * side; i++)
        {
            var (x, y) = ((i % side) - (side / 2), (i / side) - (side / 2));
            (pixels[i * 4], pixels[(i * 4) + 1], pixels[(i * 4) + 2]) = (200, 40, 40);
            pixels[(i * 4) + 3] = (x * x) + (y * y) < side * side / 9 ? (byte)255 : (byte)0;
        }

        return new Picture(side, side, 4, pixels);
    }

    public static byte[] Png(Picture picture) => Pictures.Encode(picture, ImageFormat.Png, effort: 1);

    public static ProviderRequest Request(byte[] bytes, StyleProfile? profile, int seed = 1, string ratio = "4:3") => new()
    {
        Images = [new RoleImage(ImageRole.Source, bytes, "image/png", 1, 1)],
        Prompt = new Prompt("test-1", "", [""], ""),
        AspectRatio = ratio,
        Style = profile is null ? null : new Style("sample", "Sample", "", "", profile),
        Seed = seed,
    };
}
