using Ivg.Core.Images;

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
                result[i] = Plane.At(plane, width, height, x + by.Dx[i], y + by.Dy[i]);
        }

        return result;
    }
}
