using System.Buffers;
using System.Numerics;
using Ivg.Core.Images;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>
/// Estimates what colour the subject has where it is half transparent, so that no old background shines through. Multi-level method of
/// Germer, Uelwer, Conrad and Harmeling (2020, arXiv 2006.14970): per pixel, with Fm and Bm the neighbours' means weighted by
/// <c>e + |difference of alpha|</c>, S the sum of those weights and <c>r = I - a Fm - (1-a) Bm</c>, the 2 x 2 system has the exact solution
/// <c>F = Fm + a r / (a² + (1-a)² + S)</c>, <c>B = Bm + (1-a) r / (a² + (1-a)² + S)</c>. Only blocks near partial alpha are solved.
/// </summary>
internal static class ForegroundColours
{
    private const float Epsilon = 1e-5f;
    private const int Block = 8;

    // Past this many pixels colours are solved smaller: they vary slowly, and the last step takes detail from the picture itself.
    private const int MostPixels = 1 << 20;

    // Not the shared pool: it keeps arrays for each thread that ever gave one back, and these have 16 MB.
    private static readonly ArrayPool<Vector4> Pool = ArrayPool<Vector4>.Create(MostPixels, maxArraysPerBucket: 2);

    /// <summary>Replaces the colours of partly transparent pixels in <paramref name="rgba"/>; others are not touched.</summary>
    /// <param name="picture">The picture with its background.</param>
    /// <param name="alpha">How much of each pixel is subject.</param>
    /// <param name="rgba">The cutout, 4 bytes a pixel.</param>
    /// <param name="cancellationToken">Looked at once a level.</param>
    public static void Estimate(Picture picture, byte[] alpha, byte[] rgba, CancellationToken cancellationToken)
    {
        if (alpha.AsSpan().IndexOfAnyExcept((byte)0, (byte)255) < 0) return;
        var shrink = Math.Min(1, Math.Sqrt(MostPixels / ((double)picture.Width * picture.Height)));
        var (width, height) = (Math.Max(1, (int)(picture.Width * shrink)), Math.Max(1, (int)(picture.Height * shrink)));
        var levels = Math.Max(1, (int)Math.Ceiling(Math.Log2(Math.Max(width, height))));
        var size = width * height;
        var (f, b) = (Pool.Rent(size), Pool.Rent(size));
        (f[0], b[0]) = MeanColours(picture, alpha);
        var (w, h) = (1, 1);
        for (var k = 1; k <= levels; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var level = new ColourLevel(picture, alpha,
                (int)Math.Round(Math.Pow(width, (double)k / levels)), (int)Math.Round(Math.Pow(height, (double)k / levels)));
            Parallel.Invoke(() => Enlarge(f, w, h, level.Width, level.Height), () => Enlarge(b, w, h, level.Width, level.Height));
            (w, h) = (level.Width, level.Height);
            var active = ActiveBlocks(level);
            for (var sweep = Math.Max(w, h) <= 32 ? 10 : 2; sweep > 0; sweep--) Sweep(level, active, f, b);
        }
        Write(picture, alpha, rgba, f, b, w, h);
        Pool.Return(f);
        Pool.Return(b);
    }

    private static (Vector4 F, Vector4 B) MeanColours(Picture picture, byte[] alpha)
    {
        var (f, b) = (Vector4.Zero, Vector4.Zero);
        for (var i = 0; i < alpha.Length; i += 1 + alpha.Length / 100_000)
        {
            var colour = ColourLevel.Colour(picture, i);
            if (alpha[i] > 230) f += colour with { W = 1 };
            else if (alpha[i] < 25) b += colour with { W = 1 };
        }
        return (f / Math.Max(1, f.W), b / Math.Max(1, b.W));
    }

    // In place, from the end: a pixel comes from no later one.
    private static void Enlarge(Vector4[] colours, int fromWidth, int fromHeight, int width, int height)
    {
        var columns = Enumerable.Range(0, width).Select(x => x * fromWidth / width).ToArray();
        for (var y = height - 1; y >= 0; y--)
        {
            var row = y * fromHeight / height * fromWidth;
            for (var x = width - 1; x >= 0; x--) colours[y * width + x] = colours[row + columns[x]];
        }
    }

    // A block counts when it or a neighbour holds partial alpha: further away F and B are seen by nobody.
    private static bool[] ActiveBlocks(ColourLevel level)
    {
        var (across, down) = ((level.Width + Block - 1) / Block, (level.Height + Block - 1) / Block);
        var active = new bool[across * down];
        for (var y = 0; y < level.Height; y++)
        {
            for (var x = 0; x < level.Width; x++)
            {
                if (level.Alpha[y * level.Width + x] is 0 or 1) continue;
                var (column, row) = (x / Block, y / Block);
                for (var j = Math.Max(0, row - 1); j <= Math.Min(down - 1, row + 1); j++)
                    active.AsSpan(j * across + Math.Max(0, column - 1), Math.Min(across, column + 2) - Math.Max(0, column - 1)).Fill(true);
                x = (column + 1) * Block - 1;
            }
        }
        return active;
    }

    private static void Sweep(ColourLevel level, bool[] active, Vector4[] f, Vector4[] b)
    {
        var (width, height, alphas) = (level.Width, level.Height, level.Alpha);
        var across = (width + Block - 1) / Block;
        for (var y = 0; y < height; y++)
        {
            var (above, below) = (y > 0 ? -width : 0, y < height - 1 ? width : 0);
            for (var x = 0; x < width; x++)
            {
                if (!active[y / Block * across + x / Block])
                {
                    x += Block - 1;
                    continue;
                }
                var i = y * width + x;
                var (left, right) = (i - (x > 0 ? 1 : 0), i + (x < width - 1 ? 1 : 0));
                var a = alphas[i];
                var d0 = Epsilon + Math.Abs(a - alphas[left]);
                var d1 = Epsilon + Math.Abs(a - alphas[right]);
                var d2 = Epsilon + Math.Abs(a - alphas[i + above]);
                var d3 = Epsilon + Math.Abs(a - alphas[i + below]);
                var s = d0 + d1 + d2 + d3;
                var meanF = (d0 * f[left] + d1 * f[right] + d2 * f[i + above] + d3 * f[i + below]) / s;
                var meanB = (d0 * b[left] + d1 * b[right] + d2 * b[i + above] + d3 * b[i + below]) / s;
                var r = (level.Colour(x, y) - a * meanF - (1 - a) * meanB) / (a * a + (1 - a) * (1 - a) + s);
                f[i] = Vector4.Clamp(meanF + a * r, Vector4.Zero, Vector4.One);
                b[i] = Vector4.Clamp(meanB + (1 - a) * r, Vector4.Zero, Vector4.One);
            }
        }
    }

    private static void Write(Picture picture, byte[] alpha, byte[] rgba, Vector4[] f, Vector4[] b, int w, int h)
    {
        var (width, height) = (picture.Width, picture.Height);
        var solved = (w, h) == (width, height);
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
            {
                var i = y * width + x;
                if (alpha[i] is 0 or 255) continue;
                var k = (int)((long)y * h / height) * w + (int)((long)x * w / width);
                var colour = f[k];
                if (!solved)
                {
                    var a = alpha[i] / 255f;
                    var r = ColourLevel.Colour(picture, i) - a * f[k] - (1 - a) * b[k];
                    colour = Vector4.Clamp(f[k] + a * r / (a * a + (1 - a) * (1 - a) + Epsilon), Vector4.Zero, Vector4.One);
                }
                (rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]) =
                    ((byte)(colour.X * 255 + 0.5f), (byte)(colour.Y * 255 + 0.5f), (byte)(colour.Z * 255 + 0.5f));
            }
        });
    }
}
