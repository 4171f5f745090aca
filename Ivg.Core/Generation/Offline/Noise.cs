using System.Numerics.Tensors;

namespace Ivg.Core.Generation.Offline;

/// <summary>Seeded noise: a wrapped lattice of random values, interpolated smoothly. The same seed gives the same field everywhere.</summary>
internal sealed class Noise
{
    private const int Side = 256;
    private readonly float[] _lattice = new float[Side * Side];

    public Noise(uint seed)
    {
        for (var i = 0; i < _lattice.Length; i++)
            _lattice[i] = (Hash((uint)i ^ Hash(seed)) * (2f / uint.MaxValue)) - 1f;
    }

    /// <summary>Mixes all bits of a number (the finaliser of SplitMix, 32 bits wide).</summary>
    public static uint Hash(uint x)
    {
        x += 0x9E3779B9;
        x = (x ^ (x >> 16)) * 0x21F0AAAD;
        x = (x ^ (x >> 15)) * 0x735A2D97;
        return x ^ (x >> 15);
    }

    /// <summary>A field whose features are about <paramref name="cell"/> pixels wide; each further octave is half as wide and strong.</summary>
    public float[] Field(int width, int height, float cell, int octaves = 1)
    {
        var (field, columns) = (new float[width * height], new (int Left, int Right, float Share)[width]);
        var (step, strength, total) = (1f / MathF.Max(cell, 1f), 1f, 0f);
        for (var octave = 0; octave < octaves; octave++, step *= 2, strength *= 0.5f)
        {
            total += strength;
            // All rows meet the lattice's columns at the same places.
            for (var x = 0; x < width; x++) columns[x] = Between((x * step) + (octave * 71.3f));
            for (var y = 0; y < height; y++)
            {
                var (above, below, share) = Between((y * step) + (octave * 37.7f));
                var top = _lattice.AsSpan(above * Side, Side);
                var bottom = _lattice.AsSpan(below * Side, Side);
                var row = field.AsSpan(y * width, width);
                for (var x = 0; x < row.Length; x++)
                {
                    var (left, right, across) = columns[x];
                    var upper = top[left] + ((top[right] - top[left]) * across);
                    var lower = bottom[left] + ((bottom[right] - bottom[left]) * across);
                    row[x] += strength * (upper + ((lower - upper) * share));
                }
            }
        }

        TensorPrimitives.Divide(field, total, field);
        return field;
    }

    /// <summary>Streaks: features long in one direction and narrow across it.</summary>
    public float[] Streaks(int width, int height, float along, float across, float angle)
    {
        var field = new float[width * height];
        var (cos, sin) = (MathF.Cos(angle), MathF.Sin(angle));
        for (int y = 0, i = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++, i++)
                field[i] = At(((x * cos) + (y * sin)) / along, ((y * cos) - (x * sin)) / across);
        }

        return field;
    }

    private float At(float x, float y)
    {
        var ((left, right, across), (above, below, down)) = (Between(x), Between(y));
        var (top, bottom) = (above * Side, below * Side);
        var upper = _lattice[top + left] + ((_lattice[top + right] - _lattice[top + left]) * across);
        var lower = _lattice[bottom + left] + ((_lattice[bottom + right] - _lattice[bottom + left]) * across);
        return upper + ((lower - upper) * down);
    }

    // The values on both sides of a place, and how much of the second counts there.
    private static (int First, int Second, float Share) Between(float place)
    {
        var floor = MathF.Floor(place);
        var (first, share) = ((int)floor & (Side - 1), place - floor);
        return (first, (first + 1) & (Side - 1), share * share * (3 - (2 * share)));
    }
}
