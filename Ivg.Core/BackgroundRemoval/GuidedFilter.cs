using System.Numerics.Tensors;
using Ivg.Core.Images;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>
/// The guided filter (He, Sun, Tang, 2010) as a linear model: near each pixel, alpha is <c>slope * luminance + offset</c>. Fitted to windows of
/// 3 x 3 at the network's size and applied to the luminance of the full picture, it draws edges where the picture has them (He and Sun, 2015).
/// </summary>
internal static class GuidedFilter
{
    private const float Smoothness = 1e-4f;

    /// <summary>Fits alpha to luminance, both 0 to 1 and of one size, 2 x 2 or more.</summary>
    public static (Plane Slope, Plane Offset) Fit(Plane guide, Plane alpha)
    {
        var (width, height) = (guide.Width, guide.Height);
        var (i, p) = (guide.Values, alpha.Values);
        var (products, squares) = (new float[i.Length], new float[i.Length]);
        TensorPrimitives.Multiply(i, p, products);
        TensorPrimitives.Multiply(i, i, squares);

        var (meanI, meanP) = (Mean(i, width, height), Mean(p, width, height));
        var (slope, variance) = (Mean(products, width, height), Mean(squares, width, height));
        Parallel.For(0, height, y =>
        {
            for (var k = y * width; k < (y + 1) * width; k++)
            {
                var a = (slope[k] - meanI[k] * meanP[k]) / (variance[k] - meanI[k] * meanI[k] + Smoothness);
                (slope[k], meanP[k]) = (a, meanP[k] - a * meanI[k]);
            }
        });
        return (new Plane(width, height, Mean(slope, width, height)), new Plane(width, height, Mean(meanP, width, height)));
    }

    // Of 3 x 3, first along rows, then down columns; windows are cut at the border.
    private static float[] Mean(float[] values, int width, int height)
    {
        var (rows, means) = (new float[values.Length], new float[values.Length]);
        Parallel.For(0, height, y =>
        {
            var from = values.AsSpan(y * width, width);
            var into = rows.AsSpan(y * width, width);
            TensorPrimitives.Add(from[1..], from[..^1], into[1..]);
            into[0] = from[0];
            TensorPrimitives.Add(into[..^1], from[1..], into[..^1]);
            TensorPrimitives.Multiply(into, 1f / 3, into);
            into[0] *= 1.5f;
            into[^1] *= 1.5f;
        });
        Parallel.For(0, height, y =>
        {
            var (first, last) = (Math.Max(0, y - 1), Math.Min(height - 1, y + 1));
            var into = means.AsSpan(y * width, width);
            rows.AsSpan(first * width, width).CopyTo(into);
            for (var other = first + 1; other <= last; other++) TensorPrimitives.Add(into, rows.AsSpan(other * width, width), into);
            TensorPrimitives.Divide(into, last - first + 1, into);
        });
        return means;
    }
}
