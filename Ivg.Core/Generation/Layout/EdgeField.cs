namespace Ivg.Core.Generation.Layout;

/// <summary>Sobel's gradient of lightness: change per pixel, so that a black-and-white step is about 0.5 in the two rows or columns beside it.</summary>
internal sealed class EdgeField
{
    /// <summary>From here on an edge is one that an eye finds.</summary>
    public const float Strong = 0.06f;

    private EdgeField(int width, int height) =>
        (Width, Height, Across, Down, Strength) = (width, height, new float[width * height], new float[width * height], new float[width * height]);

    public int Width { get; }

    public int Height { get; }

    /// <summary>Change from left to right.</summary>
    public float[] Across { get; }

    /// <summary>Change from top to bottom.</summary>
    public float[] Down { get; }

    public float[] Strength { get; }

    /// <summary>The outermost pixels have no gradient.</summary>
    public static EdgeField Of(LabPicture picture)
    {
        var (w, h, l) = (picture.Width, picture.Height, picture.L);
        var field = new EdgeField(w, h);
        for (var y = 1; y < h - 1; y++)
        {
            ReadOnlySpan<float> above = l.AsSpan((y - 1) * w, w), row = l.AsSpan(y * w, w), below = l.AsSpan((y + 1) * w, w);
            for (var x = 1; x < w - 1; x++)
            {
                var across = (above[x + 1] - above[x - 1] + (2 * (row[x + 1] - row[x - 1])) + below[x + 1] - below[x - 1]) / 8;
                var down = (below[x - 1] - above[x - 1] + (2 * (below[x] - above[x])) + below[x + 1] - above[x + 1]) / 8;
                var i = (y * w) + x;
                (field.Across[i], field.Down[i], field.Strength[i]) = (across, down, MathF.Sqrt((across * across) + (down * down)));
            }
        }
        return field;
    }
}
