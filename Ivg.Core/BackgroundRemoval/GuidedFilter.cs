using Ivg.Core.Images;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>
/// The guided filter (He, Sun, Tang, 2010) as a linear model: near each pixel, alpha is <c>slope * luminance + offset</c>. Fitted at the
/// network's size and applied to the luminance of the full picture, it draws edges where the picture has them (He and Sun, 2015).
/// </summary>
internal static class GuidedFilter
{
    private const int Radius = 1;
    private const float Smoothness = 1e-4f;

    /// <summary>Fits alpha to luminance, both 0 to 1 and of one size.</summary>
    public static (Plane Slope, Plane Offset) Fit(Plane guide, Plane alpha)
    {
        var (width, height) = (guide.Width, guide.Height);
        var (i, p) = (guide.Values, alpha.Values);
        var products = new float[i.Length];
        var squares = new float[i.Length];
        for (var k = 0; k < i.Length; k++) (products[k], squares[k]) = (i[k] * p[k], i[k] * i[k]);

        var meanI = BoxMean(i, width, height);
        var meanP = BoxMean(p, width, height);
        var slope = BoxMean(products, width, height);
        var variance = BoxMean(squares, width, height);
        for (var k = 0; k < i.Length; k++)
        {
            var a = (slope[k] - meanI[k] * meanP[k]) / (variance[k] - meanI[k] * meanI[k] + Smoothness);
            (slope[k], meanP[k]) = (a, meanP[k] - a * meanI[k]);
        }
        return (new Plane(width, height, BoxMean(slope, width, height)), new Plane(width, height, BoxMean(meanP, width, height)));
    }

    // Running sums, first along rows, then down columns; windows are cut at the border.
    private static float[] BoxMean(float[] values, int width, int height)
    {
        var rows = new float[values.Length];
        Parallel.For(0, height, y =>
        {
            var from = values.AsSpan(y * width, width);
            var into = rows.AsSpan(y * width, width);
            double sum = 0;
            for (var x = -Radius; x < width; x++)
            {
                if (x + Radius < width) sum += from[x + Radius];
                if (x > Radius) sum -= from[x - Radius - 1];
                if (x >= 0) into[x] = (float)(sum / (Math.Min(width - 1, x + Radius) - Math.Max(0, x - Radius) + 1));
            }
        });
        var means = new float[values.Length];
        var sums = new double[width];
        for (var y = -Radius; y < height; y++)
        {
            var (enters, leaves) = ((y + Radius) * width, (y - Radius - 1) * width);
            if (y + Radius < height) for (var x = 0; x < width; x++) sums[x] += rows[enters + x];
            if (y > Radius) for (var x = 0; x < width; x++) sums[x] -= rows[leaves + x];
            if (y < 0) continue;
            var count = Math.Min(height - 1, y + Radius) - Math.Max(0, y - Radius) + 1;
            for (var x = 0; x < width; x++) means[y * width + x] = (float)(sums[x] / count);
        }
        return means;
    }
}
