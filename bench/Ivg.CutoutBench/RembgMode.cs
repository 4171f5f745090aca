using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Images;

namespace Ivg.CutoutBench;

/// <summary>
/// What rembg does with the same network: pixels divided by the brightest one, the map stretched to full contrast, cut to 8 bits at the
/// network's size, and that scaled up. Straight alpha, unlike rembg's own files; <see cref="Darken"/> makes those.
/// </summary>
internal static class RembgMode
{
    private static readonly float[] Half = [0.5f, 0.5f, 0.5f];
    private static readonly float[] One = [1, 1, 1];

    public static Picture Input(Picture picture) => Pictures.Resize(picture, 1024, 1024);

    public static TensorRecipe Recipe(Picture input) => new(input.Width, Half, One, Math.Max((byte)1, input.Pixels.Max()));

    /// <summary>Alpha at the picture's size.</summary>
    public static byte[] Alpha(Plane map, int width, int height)
    {
        var (least, most) = (map.Values.Min(), map.Values.Max());
        var bytes = new byte[map.Values.Length * 3];
        // A constant map divides nought by nought there; here it is empty.
        var scale = most > least ? 255 / (most - least) : 0;
        for (var i = 0; i < map.Values.Length; i++) bytes.AsSpan(i * 3, 3).Fill((byte)((map.Values[i] - least) * scale));
        var scaled = Pictures.Resize(new Picture(map.Width, map.Height, 3, bytes), width, height).Pixels;
        return [.. Enumerable.Range(0, width * height).Select(i => scaled[i * 3])];
    }

    /// <summary>Colours times alpha, as rembg's default composition stores them.</summary>
    public static Picture Darken(Picture cut)
    {
        var pixels = (byte[])cut.Pixels.Clone();
        for (var i = 0; i < pixels.Length; i++)
            if (i % 4 != 3) pixels[i] = (byte)((pixels[i] * pixels[i | 3] + 127) / 255);
        return new Picture(cut.Width, cut.Height, 4, pixels);
    }
}
