using Ivg.Core.Images;

namespace Ivg.CutoutBench;

/// <summary>Backgrounds to put a subject on, opaque RGB.</summary>
internal static class Grounds
{
    public static readonly string[] Kinds = ["flat", "gradient", "texture", "clutter"];

    public static Picture Make(string kind, int width, int height, Random random, IReadOnlyList<Picture> others)
    {
        var (first, second) = (Colour(random), Colour(random));
        var (turnX, turnY) = (random.NextDouble() - 0.5, random.NextDouble() - 0.5);
        var noise = Noise(width, height, random);
        var (strength, grain) = kind switch { "texture" => (90.0, 12), "clutter" => (40.0, 6), _ => (0.0, 0) };
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var t = kind == "flat" ? 0 : Math.Clamp(0.5 + turnX * (2.0 * x / width - 1) + turnY * (2.0 * y / height - 1), 0, 1);
                var shade = strength * noise[y * width + x] + (grain > 0 ? random.Next(-grain, grain + 1) : 0);
                for (var band = 0; band < 3; band++)
                    pixels[(y * width + x) * 3 + band] = (byte)Math.Clamp(first[band] + (second[band] - first[band]) * t + shade, 0, 255);
            }
        }
        var ground = new Picture(width, height, 3, pixels);
        if (kind != "clutter") return ground;
        for (var i = 0; i < 14; i++) Drop(ground, others[random.Next(others.Count)], random);
        // Out of focus, as what lies behind a subject is: sharp stamps behind would be subjects just as well.
        return Pictures.Blur(ground, Math.Max(width, height) * (0.005 + 0.01 * random.NextDouble()));
    }

    private static byte[] Colour(Random random) => [(byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)];

    private static void Drop(Picture ground, Picture stamp, Random random)
    {
        var scale = Math.Max(ground.Width, ground.Height) * (0.15 + 0.3 * random.NextDouble()) / Math.Max(stamp.Width, stamp.Height);
        var small = Pictures.Resize(stamp, Math.Max(1, (int)(stamp.Width * scale)), Math.Max(1, (int)(stamp.Height * scale)));
        var (left, top) = (random.Next(-small.Width / 2, ground.Width - small.Width / 2), random.Next(-small.Height / 2, ground.Height - small.Height / 2));
        CompositeMaker.Paste(ground, small, left, top);
    }

    // Octaves of smooth noise, about -0.5 to 0.5.
    private static float[] Noise(int width, int height, Random random)
    {
        var sum = new float[width * height];
        for (var (cells, weight) = (4, 0.5f); cells <= 256; (cells, weight) = (cells * 4, weight * 0.6f))
        {
            var coarse = new Plane(cells, cells, [.. Enumerable.Range(0, cells * cells).Select(_ => (float)random.NextDouble() - 0.5f)]);
            var fine = Pictures.Resize(coarse, width, height).Values;
            for (var i = 0; i < sum.Length; i++) sum[i] += weight * fine[i];
        }
        return sum;
    }
}
