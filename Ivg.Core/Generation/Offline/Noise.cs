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

    /// <summary>The value at a point of the lattice, -1 to 1.</summary>
    public float At(float x, float y)
    {
        var (fx, fy) = (MathF.Floor(x), MathF.Floor(y));
        var (ix, iy) = ((int)fx & (Side - 1), (int)fy & (Side - 1));
        var (tx, ty) = (x - fx, y - fy);
        tx *= tx * (3 - (2 * tx));
        ty *= ty * (3 - (2 * ty));
        var (row, next) = (iy * Side, ((iy + 1) & (Side - 1)) * Side);
        var right = (ix + 1) & (Side - 1);
        var top = _lattice[row + ix] + ((_lattice[row + right] - _lattice[row + ix]) * tx);
        var bottom = _lattice[next + ix] + ((_lattice[next + right] - _lattice[next + ix]) * tx);
        return top + ((bottom - top) * ty);
    }

    /// <summary>A field whose features are about <paramref name="cell"/> pixels wide; each further octave is half as wide and strong.</summary>
    public float[] Field(int width, int height, float cell, int octaves = 1)
    {
        var field = new float[width * height];
        var (step, strength, total) = (1f / MathF.Max(cell, 1f), 1f, 0f);
        for (var octave = 0; octave < octaves; octave++, step *= 2, strength *= 0.5f)
        {
            total += strength;
            for (int y = 0, i = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++, i++)
                    field[i] += strength * At((x * step) + (octave * 71.3f), (y * step) + (octave * 37.7f));
            }
        }

        for (var i = 0; i < field.Length; i++) field[i] /= total;
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
}
