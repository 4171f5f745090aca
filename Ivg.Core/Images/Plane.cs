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
}
