using Ivg.Core.Images;

namespace Ivg.Core.Generation.Offline;

/// <summary>
/// A picture cut into areas of a few colours with smooth outlines. Found at half size: each colour's mask is blurred, and at any point
/// the colour with the highest value wins, which rounds off corners and swallows specks as a hand that cuts or fills would.
/// </summary>
internal sealed class Regions
{
    private readonly float _sharpness;

    private Regions(int width, int height, Lab[] swatches, float[][] scores, float sharpness) =>
        (Width, Height, Swatches, Scores, _sharpness) = (width, height, swatches, scores, sharpness);

    /// <summary>Half the scene's width, rounded up.</summary>
    public int Width { get; }

    public int Height { get; }

    /// <summary>The colours in use; the first is bare paper.</summary>
    public Lab[] Swatches { get; }

    /// <summary>For each colour, how much of it is around each point, 0 to 1, at half size.</summary>
    public float[][] Scores { get; }

    /// <param name="scene">The picture's scene.</param>
    /// <param name="tints">Lightnesses of each palette colour, 1 to 3.</param>
    /// <param name="smoothing">Radius of the rounding, pixels at 1024.</param>
    public static Regions Of(Scene scene, int tints, double smoothing)
    {
        var (w, h) = ((scene.Width + 1) / 2, (scene.Height + 1) / 2);
        var source = scene.Source;
        var small = new LabPicture(w, h, HalfOf(source.L), HalfOf(source.A), HalfOf(source.B));
        float[] HalfOf(float[] plane) => Half(plane, scene.Width, scene.Height);

        for (var pass = 0; pass < 2; pass++) small = Smooth.Kuwahara(small, scene.Radius(smoothing * 0.8));
        scene.Next();

        var swatches = Candidates(scene.Palette, tints);
        var labels = Assign(small, HalfOf(scene.Subject), swatches, scene.Palette);
        var used = Enumerable.Range(0, swatches.Length).Where(k => k == 0 || labels.Count(label => label == k) > labels.Length / 800).ToArray();
        var radius = Math.Max(1, (int)MathF.Round(scene.Px(smoothing) / 2));
        var scores = new float[used.Length][];
        for (var k = 0; k < used.Length; k++)
        {
            var mask = new float[labels.Length];
            for (var i = 0; i < mask.Length; i++) mask[i] = labels[i] == used[k] ? 1 : 0;
            scores[k] = Smooth.Box(Smooth.Box(mask, w, h, radius), w, h, radius);
            scene.Next();
        }

        // Each sibling has a tray of colours of its own, a little warmer or lighter than the next one's.
        var (warmth, lightness) = (scene.Leanings.Warmth, scene.Leanings.Lightness * 0.6f);
        return new Regions(w, h, [.. used.Select(k => swatches[k]).Select(c => c with { L = c.L + lightness, B = c.B + warmth })], scores, radius * 2);
    }

    /// <summary>The colour at a point of the full-size picture, antialiased over about <paramref name="softness"/> pixels.</summary>
    public (int Index, Lab Colour) At(float x, float y, float softness)
    {
        float best = -1, next = -1;
        var (first, second) = (0, 0);
        for (var k = 0; k < Scores.Length; k++)
        {
            var score = Plane.At(Scores[k], Width, Height, x / 2, y / 2);
            if (score > best) (next, second, best, first) = (best, first, score, k);
            else if (score > next) (next, second) = (score, k);
        }

        var share = 0.5f + Math.Min(0.5f, (best - next) * _sharpness / softness);
        return (first, Lab.Mix(Swatches[second], Swatches[first], share));
    }

    public static float[] Half(float[] plane, int width, int height)
    {
        var (w, h) = ((width + 1) / 2, (height + 1) / 2);
        var result = new float[w * h];
        for (int y = 0, i = 0; y < h; y++)
        {
            var (top, bottom) = (2 * y * width, Math.Min((2 * y) + 1, height - 1) * width);
            for (var x = 0; x < w; x++, i++)
            {
                var (left, right) = (2 * x, Math.Min((2 * x) + 1, width - 1));
                result[i] = (plane[top + left] + plane[top + right] + plane[bottom + left] + plane[bottom + right]) / 4;
            }
        }

        return result;
    }

    private static Lab[] Candidates(Palette palette, int tints)
    {
        // A tint is thinned with paper but keeps most of its hue, for a thinned dark would be mere grey; a shade goes towards the ink.
        return [palette.Paper, .. palette.Colours,
            .. tints > 1 ? palette.Colours.Select(c => Lab.Mix(c, palette.Paper, 0.45f) with { A = c.A * 0.8f, B = c.B * 0.8f }) : [],
            .. tints > 2 ? palette.Colours.Select(c => Lab.Mix(c, palette.Ink, 0.3f)) : []];
    }

    private static byte[] Assign(LabPicture picture, float[] subject, Lab[] swatches, Palette palette)
    {
        var labels = new byte[picture.Count];

        // Things are rarely the colour of the paper they are laid on, and the seed has its favourites.
        var reluctance = swatches.Select((swatch, k) => k == 0 ? 1 : palette.Reluctance((k - 1) % palette.Colours.Length)
            * (swatch.Distance2(palette.Paper) < 0.004f ? 2.5f : 1)).ToArray();
        for (var i = 0; i < labels.Length; i++)
        {
            if (subject[i] < 0.5f) continue;
            var colour = picture[i];
            var (best, least) = (0, float.MaxValue);
            for (var k = 1; k < swatches.Length; k++)
            {
                var distance = colour.Distance2(swatches[k], 0.85f) * reluctance[k];
                if (distance < least) (best, least) = (k, distance);
            }

            labels[i] = (byte)best;
        }

        return labels;
    }
}
