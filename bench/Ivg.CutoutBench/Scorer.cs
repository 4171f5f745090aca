using Ivg.Core.Images;

namespace Ivg.CutoutBench;

/// <summary>Measures a cutout against the truth, both RGBA of one size, the truth with the subject's own colours.</summary>
internal static class Scorer
{
    private static readonly int[][] Behind = [[0, 0, 0], [255, 255, 255], [0, 255, 0]];

    public static Score Measure(Picture cut, Picture truth)
    {
        var (width, height) = (truth.Width, truth.Height);
        var (p, g) = (Alpha(cut), Alpha(truth));
        double absolute = 0;
        for (var i = 0; i < p.Length; i++) absolute += Math.Abs(p[i] - g[i]);
        absolute /= 255;
        var (precision, recall) = Curve(p, g);
        var (mask, trueMask) = (Mask(p), Mask(g));
        var rim = Math.Max(1, (int)Math.Round(0.02 * Math.Sqrt((double)width * width + (double)height * height)));
        var seam = Seam(g, width, height);
        return new Score(IoU(mask, trueMask), IoU(Rim(mask, width, height, rim), Rim(trueMask, width, height, rim)), absolute / p.Length,
            absolute / 1000, GradientError(p, g, width, height), Recomposed(cut, truth, null), Recomposed(cut, truth, seam), precision, recall);
    }

    private static byte[] Alpha(Picture picture) => [.. Enumerable.Range(0, picture.Width * picture.Height).Select(i => picture.Pixels[i * 4 + 3])];

    private static bool[] Mask(byte[] alpha) => [.. alpha.Select(a => a >= 128)];

    private static double IoU(bool[] a, bool[] b)
    {
        var (both, either) = (0, 0);
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] && b[i]) both++;
            if (a[i] || b[i]) either++;
        }
        return either == 0 ? 1 : (double)both / either;
    }

    // What is lost when the mask is worn down by a square: the picture's border counts as outside.
    private static bool[] Rim(bool[] mask, int width, int height, int reach)
    {
        var sums = new int[(width + 1) * (height + 1)];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + sums[(y + 1) * (width + 1) + x] - sums[y * (width + 1) + x] + (mask[y * width + x] ? 1 : 0);
        var rim = new bool[mask.Length];
        var full = (2 * reach + 1) * (2 * reach + 1);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (!mask[y * width + x]) continue;
                var (top, bottom) = (Math.Max(0, y - reach) * (width + 1), Math.Min(height, y + reach + 1) * (width + 1));
                var (left, right) = (Math.Max(0, x - reach), Math.Min(width, x + reach + 1));
                rim[y * width + x] = sums[bottom + right] - sums[top + right] - sums[bottom + left] + sums[top + left] < full;
            }
        }
        return rim;
    }

    private static (double[] Precision, double[] Recall) Curve(byte[] p, byte[] g)
    {
        var (all, hits) = (new long[257], new long[257]);
        for (var i = 0; i < p.Length; i++)
        {
            all[p[i]]++;
            if (g[i] >= 128) hits[p[i]]++;
        }
        for (var t = 255; t >= 0; t--) (all[t], hits[t]) = (all[t] + all[t + 1], hits[t] + hits[t + 1]);
        return ([.. Enumerable.Range(0, 256).Select(t => all[t] == 0 ? 1 : (double)hits[t] / all[t])],
            [.. Enumerable.Range(0, 256).Select(t => hits[0] == 0 ? 1 : (double)hits[t] / hits[0])]);
    }

    private static double GradientError(byte[] p, byte[] g, int width, int height)
    {
        var (a, b) = (Gradients(p, width, height), Gradients(g, width, height));
        double sum = 0;
        for (var i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum / 1000;
    }

    private static float[] Gradients(byte[] alpha, int width, int height)
    {
        const int Reach = 4;
        const double Sigma = 1.4;
        var smooth = Enumerable.Range(-Reach, 2 * Reach + 1).Select(i => Math.Exp(-i * i / (2 * Sigma * Sigma)) / (Sigma * Math.Sqrt(2 * Math.PI))).ToArray();
        var slope = Enumerable.Range(-Reach, 2 * Reach + 1).Select(i => -i * smooth[i + Reach] / (Sigma * Sigma)).ToArray();
        // As the usual evaluation code has it: the two-dimensional kernel is brought to length 1.
        var norm = (float)(1 / (255 * Math.Sqrt(smooth.Sum(v => v * v) * slope.Sum(v => v * v))));
        var (across, along) = (new float[alpha.Length], new float[alpha.Length]);
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
                for (var i = -Reach; i <= Reach; i++)
                {
                    var value = alpha[y * width + Math.Clamp(x + i, 0, width - 1)];
                    across[y * width + x] += (float)slope[i + Reach] * value;
                    along[y * width + x] += (float)smooth[i + Reach] * value;
                }
        });
        var lengths = new float[alpha.Length];
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
            {
                var (dx, dy) = (0f, 0f);
                for (var i = -Reach; i <= Reach; i++)
                {
                    var at = Math.Clamp(y + i, 0, height - 1) * width + x;
                    dx += (float)smooth[i + Reach] * across[at];
                    dy += (float)slope[i + Reach] * along[at];
                }
                lengths[y * width + x] = MathF.Sqrt(dx * dx + dy * dy) * norm;
            }
        });
        return lengths;
    }

    private static bool[] Seam(byte[] g, int width, int height)
    {
        var seam = new bool[g.Length];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                if (g[y * width + x] is 0 or 255) continue;
                for (var j = Math.Max(0, y - 2); j <= Math.Min(height - 1, y + 2); j++)
                    seam.AsSpan(j * width + Math.Max(0, x - 2), Math.Min(width, x + 3) - Math.Max(0, x - 2)).Fill(true);
            }
        return seam;
    }

    private static double Recomposed(Picture cut, Picture truth, bool[]? where)
    {
        double sum = 0;
        var count = 0L;
        for (var i = 0; i < truth.Width * truth.Height; i++)
        {
            if (where is not null && !where[i]) continue;
            count++;
            foreach (var ground in Behind)
                for (var band = 0; band < 3; band++)
                    sum += Math.Abs(Over(cut.Pixels, i, band, ground[band]) - Over(truth.Pixels, i, band, ground[band]));
        }
        return count == 0 ? 0 : sum / (count * 9);
    }

    private static double Over(byte[] rgba, int pixel, int band, int ground) =>
        (rgba[pixel * 4 + band] * rgba[pixel * 4 + 3] + ground * (255 - rgba[pixel * 4 + 3])) / 255.0;
}
