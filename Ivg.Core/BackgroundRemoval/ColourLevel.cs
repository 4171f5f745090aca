using System.Numerics;
using Ivg.Core.Images;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>A picture and its alpha seen at a smaller size, by nearest neighbour and without copying the picture.</summary>
internal sealed class ColourLevel
{
    private readonly Picture _picture;
    private readonly int[] _columns;

    public ColourLevel(Picture picture, byte[] alpha, int width, int height)
    {
        (_picture, Width, Height) = (picture, width, height);
        _columns = [.. Enumerable.Range(0, width).Select(x => (int)((x + 0.5) * picture.Width / width))];
        Alpha = new float[width * height];
        for (var y = 0; y < height; y++)
        {
            var row = Row(y);
            for (var x = 0; x < width; x++) Alpha[y * width + x] = alpha[row + _columns[x]] / 255f;
        }
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>0 to 1.</summary>
    public float[] Alpha { get; }

    /// <summary>Red, green and blue, 0 to 1.</summary>
    public Vector4 Colour(int x, int y) => Colour(_picture, Row(y) + _columns[x]);

    /// <summary>Red, green and blue of pixel <paramref name="index"/>, 0 to 1.</summary>
    public static Vector4 Colour(Picture picture, int index)
    {
        var at = index * picture.Bands;
        return new Vector4(picture.Pixels[at], picture.Pixels[at + 1], picture.Pixels[at + 2], 0) / 255;
    }

    private int Row(int y) => (int)((y + 0.5) * _picture.Height / Height) * _picture.Width;
}
