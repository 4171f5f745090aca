namespace Ivg.Core.Generation.Offline;

/// <summary>Moves what is seen at each pixel a little, as a hand or wet paper would.</summary>
internal static class Warp
{
    /// <summary>Displaces by two noises of one size.</summary>
    /// <param name="scene">The picture's scene.</param>
    /// <param name="purpose">Keeps this displacement apart from others of the seed.</param>
    /// <param name="amount">Farthest displacement, pixels at 1024.</param>
    /// <param name="cell">Size of the wobble, pixels at 1024.</param>
    /// <param name="octaves">More make it ragged.</param>
    public static (float[] Dx, float[] Dy) Field(Scene scene, uint purpose, double amount, double cell, int octaves = 2)
    {
        var (dx, dy) = (scene.Field(purpose, cell, octaves), scene.Field(purpose + 1, cell, octaves));
        var reach = scene.Px(amount);
        for (var i = 0; i < dx.Length; i++)
        {
            dx[i] *= reach;
            dy[i] *= reach;
        }

        return (dx, dy);
    }

    public static float[] Apply(float[] plane, int width, int height, (float[] Dx, float[] Dy) by)
    {
        var result = new float[plane.Length];
        for (int y = 0, i = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++, i++)
                result[i] = At(plane, width, height, x + by.Dx[i], y + by.Dy[i]);
        }

        return result;
    }

    /// <summary>The plane's value between pixels; beyond the border its last pixels go on.</summary>
    public static float At(float[] plane, int width, int height, float x, float y)
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
