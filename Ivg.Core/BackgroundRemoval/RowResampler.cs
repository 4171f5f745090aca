using System.Numerics.Tensors;
using Ivg.Core.Images;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>
/// Scales a plane in float with a Catmull-Rom filter, widened where it shrinks so that nothing aliases, and hands out one row at a time:
/// a map as large as a photo is never held.
/// </summary>
internal sealed class RowResampler
{
    private readonly float[] _columns;
    private readonly int _width;
    private readonly (int Start, float[] Weights)[] _rows;

    public RowResampler(Plane plane, int width, int height)
    {
        _width = width;
        _rows = Taps(plane.Height, height);
        _columns = new float[plane.Height * width];
        var taps = Taps(plane.Width, width);
        Parallel.For(0, plane.Height, y =>
        {
            var row = plane.Values.AsSpan(y * plane.Width, plane.Width);
            var into = _columns.AsSpan(y * width, width);
            for (var x = 0; x < into.Length; x++)
            {
                var (start, weights) = taps[x];
                var sum = 0f;
                for (var i = 0; i < weights.Length; i++) sum += weights[i] * row[start + i];
                into[x] = sum;
            }
        });
    }

    /// <summary>Writes row <paramref name="y"/> of the scaled plane; values may overshoot a little.</summary>
    public void Row(int y, Span<float> into)
    {
        var (start, weights) = _rows[y];
        TensorPrimitives.Multiply(_columns.AsSpan(start * _width, _width), weights[0], into);
        for (var i = 1; i < weights.Length; i++)
            TensorPrimitives.MultiplyAdd(_columns.AsSpan((start + i) * _width, _width), weights[i], into, into);
    }

    private static (int Start, float[] Weights)[] Taps(int from, int to)
    {
        var scale = (double)from / to;
        var reach = Math.Max(1, scale);
        var taps = new (int, float[])[to];
        for (var i = 0; i < to; i++)
        {
            var centre = (i + 0.5) * scale - 0.5;
            var first = Math.Clamp((int)Math.Ceiling(centre - 2 * reach), 0, from - 1);
            var last = Math.Clamp((int)Math.Floor(centre + 2 * reach), first, from - 1);
            var weights = new float[last - first + 1];
            for (var j = first; j <= last; j++) weights[j - first] = CatmullRom(Math.Abs(j - centre) / reach);
            TensorPrimitives.Divide(weights, TensorPrimitives.Sum(weights), weights);
            taps[i] = (first, weights);
        }
        return taps;
    }

    private static float CatmullRom(double t) => (float)(t switch
    {
        < 1 => 1 + t * t * (1.5 * t - 2.5),
        < 2 => 2 + t * (-4 + t * (2.5 - 0.5 * t)),
        _ => 0,
    });
}
