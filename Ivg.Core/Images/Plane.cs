namespace Ivg.Core.Images;

/// <summary>One band of floats, for masks and other maps: rows top to bottom, usually 0 to 1.</summary>
public sealed class Plane
{
    /// <summary>Wraps values without copying them.</summary>
    /// <exception cref="ArgumentException"><paramref name="values"/> is not <c>width * height</c> long.</exception>
    public Plane(int width, int height, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (width < 1 || height < 1 || values.Length != (long)width * height)
            throw new ArgumentException($"{values.Length} values do not make {width} x {height}.", nameof(values));
        (Width, Height, Values) = (width, height, values);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>The values themselves, not a copy: height x width.</summary>
    public float[] Values { get; }

    /// <summary>The value at a place between four neighbours, bilinearly; beyond the outermost pixels' centres, theirs.</summary>
    /// <param name="x">In pixels, 0 at the centre of the first; the plane is 2 or more wide.</param>
    /// <param name="y">In pixels, 0 at the centre of the first; the plane is 2 or more high.</param>
    public float At(float x, float y)
    {
        var (left, top) = (Math.Clamp((int)x, 0, Width - 2), Math.Clamp((int)y, 0, Height - 2));
        var (s, t) = (Math.Clamp(x - left, 0, 1), Math.Clamp(y - top, 0, 1));
        var above = Values.AsSpan(top * Width + left, 2);
        var below = Values.AsSpan((top + 1) * Width + left, 2);
        return (1 - t) * (above[0] + s * (above[1] - above[0])) + t * (below[0] + s * (below[1] - below[0]));
    }
}
