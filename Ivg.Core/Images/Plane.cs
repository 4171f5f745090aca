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

    /// <summary>The value between pixels, bilinearly; beyond the border its last pixels go on.</summary>
    /// <param name="x">In pixels, 0 at the centre of the first.</param>
    /// <param name="y">In pixels, 0 at the centre of the first.</param>
    public float At(float x, float y) => At(Values, Width, Height, x, y);

    /// <summary>The same of values that no plane wraps.</summary>
    internal static float At(float[] plane, int width, int height, float x, float y)
    {
        x = Math.Clamp(x, 0, width - 1);
        y = Math.Clamp(y, 0, height - 1);
        var (ix, iy) = ((int)x, (int)y);
        var (tx, ty) = (x - ix, y - iy);
        var i = (iy * width) + ix;
        var right = ix + 1 < width ? 1 : 0;
        var down = iy + 1 < height ? width : 0;
        var top = plane[i] + ((plane[i + right] - plane[i]) * tx);
        var bottom = plane[i + down] + ((plane[i + down + right] - plane[i + down]) * tx);
        return top + ((bottom - top) * ty);
    }
}
