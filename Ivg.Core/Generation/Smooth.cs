using System.Numerics;
using System.Numerics.Tensors;

namespace Ivg.Core.Generation;

/// <summary>Blurs and edge-preserving filters on planes; borders repeat the last pixel.</summary>
internal static class Smooth
{
    /// <summary>Mean over a square of <c>2 * radius + 1</c>, at a cost that does not grow with it.</summary>
    public static float[] Box(float[] source, int width, int height, int radius)
    {
        if (radius < 1) return (float[])source.Clone();
        var (across, result, sum) = (new float[source.Length], new float[source.Length], new float[width]);
        var share = 1f / ((2 * radius) + 1);
        for (var y = 0; y < height; y++)
        {
            var row = source.AsSpan(y * width, width);
            var target = across.AsSpan(y * width, width);
            var total = row[0] * (radius + 1);
            for (var k = 1; k <= radius; k++) total += row[Math.Min(k, width - 1)];
            for (var x = 0; x < width; x++)
            {
                target[x] = total * share;
                total += row[Math.Min(x + radius + 1, width - 1)] - row[Math.Max(x - radius, 0)];
            }
        }

        ReadOnlySpan<float> Row(int y) => across.AsSpan(Math.Clamp(y, 0, height - 1) * width, width);
        for (var k = -radius; k <= radius; k++) Add(sum, Row(k), 1);
        for (var y = 0; y < height; y++)
        {
            Add(result.AsSpan(y * width, width), sum, share);
            Add(sum, Row(y + radius + 1), 1);
            Add(sum, Row(y - radius), -1);
        }

        return result;
    }

    /// <summary>Gaussian blur: exact taps while narrow, two boxes of the same variance when wide.</summary>
    public static float[] Gaussian(float[] source, int width, int height, float sigma)
    {
        if (sigma < 0.3f) return (float[])source.Clone();
        if (sigma > 2.5f)
        {
            var radius = Math.Max(1, (int)MathF.Round((MathF.Sqrt((6 * sigma * sigma) + 1) - 1) / 2));
            return Box(Box(source, width, height, radius), width, height, radius);
        }

        var taps = Taps(sigma);
        var reach = taps.Length / 2;
        var (down, result, padded) = (new float[source.Length], new float[source.Length], new float[width + (2 * reach)]);
        for (var y = 0; y < height; y++)
        {
            var target = down.AsSpan(y * width, width);
            for (var k = -reach; k <= reach; k++)
                Add(target, source.AsSpan(Math.Clamp(y + k, 0, height - 1) * width, width), taps[k + reach]);
            padded.AsSpan(0, reach).Fill(target[0]);
            target.CopyTo(padded.AsSpan(reach));
            padded.AsSpan(width + reach).Fill(target[^1]);
            for (var k = 0; k < taps.Length; k++)
                Add(result.AsSpan(y * width, width), padded.AsSpan(k, width), taps[k]);
        }

        return result;
    }

    /// <summary>
    /// Kuwahara's filter in its soft form: each pixel takes the mean of the calmest of eight windows around it,
    /// so areas grow even like paint while edges stay.
    /// </summary>
    public static LabPicture Kuwahara(LabPicture picture, int radius)
    {
        var (w, h, half) = (picture.Width, picture.Height, Math.Max(1, radius / 2));
        var mean = picture.Each(plane => Box(plane, w, h, half));
        var weights = new float[picture.Count];
        TensorPrimitives.Multiply(picture.L, picture.L, weights);
        weights = Box(weights, w, h, half);
        for (var i = 0; i < weights.Length; i++)
        {
            // Each window weighs the same for all that look at it.
            var variance = MathF.Max(0, weights[i] - (mean.L[i] * mean.L[i])) + 0.0002f;
            weights[i] = 1e-9f / (variance * variance * variance);
        }

        var total = AroundOf(weights, w, h, half);
        return mean.Each(plane =>
        {
            TensorPrimitives.Multiply(plane, weights, plane);
            var sum = AroundOf(plane, w, h, half);
            TensorPrimitives.Divide(sum, total, sum);
            return sum;
        });
    }

    // The sum of the eight values that lie a step to the sides, above and below, and diagonally.
    private static float[] AroundOf(float[] plane, int width, int height, int step)
    {
        var (result, padded) = (new float[plane.Length], new float[width + (2 * step)]);
        for (var y = 0; y < height; y++)
        {
            var target = result.AsSpan(y * width, width);
            for (var down = -step; down <= step; down += step)
            {
                var row = plane.AsSpan(Math.Clamp(y + down, 0, height - 1) * width, width);
                padded.AsSpan(0, step).Fill(row[0]);
                row.CopyTo(padded.AsSpan(step));
                padded.AsSpan(width + step).Fill(row[^1]);
                Add(target, padded.AsSpan(0, width), 1);
                if (down != 0) Add(target, row, 1);
                Add(target, padded.AsSpan(2 * step, width), 1);
            }
        }

        return result;
    }

    /// <summary>The greatest value in a square of <c>2 * radius + 1</c> around each pixel.</summary>
    public static float[] Most(float[] source, int width, int height, int radius) => Extreme(source, width, height, radius, 1);

    /// <summary>The least value in a square of <c>2 * radius + 1</c> around each pixel.</summary>
    public static float[] Least(float[] source, int width, int height, int radius) => Extreme(source, width, height, radius, -1);

    /// <summary>0 below <paramref name="from"/>, 1 above <paramref name="to"/>, smooth between.</summary>
    public static float Step(float from, float to, float value)
    {
        var t = Math.Clamp((value - from) / (to - from), 0f, 1f);
        return t * t * (3 - (2 * t));
    }

    private static float[] Taps(float sigma)
    {
        var reach = (int)MathF.Ceiling(sigma * 3);
        var taps = new float[(2 * reach) + 1];
        for (var k = -reach; k <= reach; k++) taps[k + reach] = MathF.Exp(-(k * k) / (2 * sigma * sigma));
        var sum = taps.Sum();
        return [.. taps.Select(tap => tap / sum)];
    }

    // The least is the greatest of what is turned upside down.
    private static float[] Extreme(float[] source, int width, int height, int radius, float sign)
    {
        var (down, result, padded) = (new float[source.Length], new float[source.Length], new float[width + (2 * radius)]);
        Add(result, source, sign);
        result.CopyTo(down, 0);
        for (var y = 0; y < height; y++)
        {
            for (var k = -radius; k <= radius; k++)
                Raise(down.AsSpan(y * width, width), result.AsSpan(Math.Clamp(y + k, 0, height - 1) * width, width));
        }

        Array.Clear(result);
        for (var y = 0; y < height; y++)
        {
            var row = down.AsSpan(y * width, width);
            padded.AsSpan(0, radius).Fill(row[0]);
            row.CopyTo(padded.AsSpan(radius));
            padded.AsSpan(width + radius).Fill(row[^1]);
            for (var k = 0; k <= 2 * radius; k++) Raise(row, padded.AsSpan(k, width));
        }

        Add(result, down, sign);
        return result;
    }

    private static void Raise(Span<float> target, ReadOnlySpan<float> source)
    {
        var x = 0;
        for (; x <= target.Length - Vector<float>.Count; x += Vector<float>.Count)
            Vector.Max(new Vector<float>(target[x..]), new Vector<float>(source[x..])).CopyTo(target[x..]);
        for (; x < target.Length; x++) target[x] = MathF.Max(target[x], source[x]);
    }

    private static void Add(Span<float> target, ReadOnlySpan<float> source, float factor)
    {
        var x = 0;
        for (; x <= target.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(target[x..]) + (new Vector<float>(source[x..]) * factor)).CopyTo(target[x..]);
        for (; x < target.Length; x++) target[x] += source[x] * factor;
    }
}
