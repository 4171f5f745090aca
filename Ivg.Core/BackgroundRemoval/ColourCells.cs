using System.Numerics;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>Sums of colours on a square grid of cells, read in between with their mean and variance.</summary>
internal sealed class ColourCells(int side)
{
    // A sliver of a pixel's worth of knowledge is none.
    private const float Least = 1e-4f;

    // X, Y, Z: sums of colours; W: how many.
    private readonly Vector4[] _sums = new Vector4[side * side];
    private readonly float[] _squares = new float[side * side];

    /// <summary>Counts a colour, 0 to 1 a channel, in a cell.</summary>
    public void Add(int cell, Vector4 colour)
    {
        _squares[cell] += Vector4.Dot(colour, colour) / 3;
        _sums[cell] += colour with { W = 1 };
    }

    /// <summary>Adds to each cell its surroundings, reaching twice as far each time and counting less.</summary>
    public void Widen(int times, float weight)
    {
        var (sums, squares) = ((Vector4[])_sums.Clone(), (float[])_squares.Clone());
        for (var (step, factor) = (1, 1f); times > 0; times--, step *= 2, factor *= weight)
        {
            (sums, squares) = Blur(sums, squares, step);
            for (var i = 0; i < _sums.Length; i++)
            {
                _sums[i] += factor * sums[i];
                _squares[i] += factor * squares[i];
            }
        }
    }

    /// <summary>Mean colour and mean variance of a channel at a place, in cells from the first one's centre; false where nothing is known.</summary>
    public bool TryGet(float u, float v, out Vector4 mean, out float variance)
    {
        var (x, y) = ((int)u, (int)v);
        var (right, below) = (Math.Min(x + 1, side - 1), Math.Min(y + 1, side - 1));
        var (s, t) = (u - x, v - y);
        var sum = (1 - t) * ((1 - s) * _sums[y * side + x] + s * _sums[y * side + right])
            + t * ((1 - s) * _sums[below * side + x] + s * _sums[below * side + right]);
        var square = (1 - t) * ((1 - s) * _squares[y * side + x] + s * _squares[y * side + right])
            + t * ((1 - s) * _squares[below * side + x] + s * _squares[below * side + right]);
        (mean, variance) = (default, 0);
        if (sum.W < Least) return false;
        mean = (sum / sum.W) with { W = 0 };
        variance = Math.Max(0, square / sum.W - Vector4.Dot(mean, mean) / 3);
        return true;
    }

    private (Vector4[] Sums, float[] Squares) Blur(Vector4[] sums, float[] squares, int step)
    {
        var (rows, rowSquares) = (new Vector4[sums.Length], new float[sums.Length]);
        var (blurred, blurredSquares) = (new Vector4[sums.Length], new float[sums.Length]);
        for (var i = 0; i < sums.Length; i++)
        {
            var (x, y) = (i % side, i / side * side);
            var (left, right) = (y + Math.Max(0, x - step), y + Math.Min(side - 1, x + step));
            rows[i] = 0.25f * (sums[left] + sums[right]) + 0.5f * sums[i];
            rowSquares[i] = 0.25f * (squares[left] + squares[right]) + 0.5f * squares[i];
        }
        for (var i = 0; i < sums.Length; i++)
        {
            var (x, y) = (i % side, i / side);
            var (above, below) = (Math.Max(0, y - step) * side + x, Math.Min(side - 1, y + step) * side + x);
            blurred[i] = 0.25f * (rows[above] + rows[below]) + 0.5f * rows[i];
            blurredSquares[i] = 0.25f * (rowSquares[above] + rowSquares[below]) + 0.5f * rowSquares[i];
        }
        return (blurred, blurredSquares);
    }
}
