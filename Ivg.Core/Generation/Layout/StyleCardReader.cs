namespace Ivg.Core.Generation.Layout;

/// <summary>Measures a style's reference image.</summary>
internal static class StyleCardReader
{
    /// <summary>Longest side to measure at, in pixels: lines of 2 px at 1024 are one here.</summary>
    public const int Side = 512;

    private const float Flat = 0.006f;

    // How much a line parts from what is around it, and how far around that is.
    private const float Contrast = 0.1f;
    private const int Around = 9;

    public static StyleCard Read(Preview preview)
    {
        var (lab, w, h) = (preview.Lab, preview.Lab.Width, preview.Lab.Height);
        var edges = EdgeField.Of(lab);
        var (share, width) = Strokes(lab.L, w, h);
        return new StyleCard(
            DominantColours.Of(lab, preview.Alpha, out _),
            Figures.Share(share),
            Figures.Round(width * 1024 / Math.Max(w, h)),
            Figures.Share(edges.Strength.Count(strength => strength < Flat) / (double)edges.Strength.Length),
            Grain(lab.L, w, h, edges));
    }

    private static double Grain(float[] lightness, int w, int h, EdgeField edges)
    {
        var mean = Smooth.Box(lightness, w, h, 1);
        // Shrinking rings for a few pixels beside an edge, which is no grain.
        var near = Smooth.Box(edges.Strength, w, h, 3);
        double sum = 0;
        var count = 0;
        for (var i = 0; i < mean.Length; i++)
        {
            if (near[i] > EdgeField.Strong / 3) continue;
            (sum, count) = (sum + ((lightness[i] - mean[i]) * (lightness[i] - mean[i])), count + 1);
        }
        return count == 0 ? 0 : Math.Round(Math.Sqrt(sum / count), 4);
    }

    private static (double Share, double Width) Strokes(float[] lightness, int w, int h)
    {
        var around = Smooth.Box(Smooth.Box(lightness, w, h, Around), w, h, Around);
        // On a light ground lines are dark, on a dark one light.
        var sign = lightness.Average() > 0.45f ? 1 : -1;
        var depth = new int[lightness.Length];
        for (var i = 0; i < depth.Length; i++) depth[i] = (around[i] - lightness[i]) * sign > Contrast ? int.MaxValue / 2 : 0;
        Chamfer(depth, w, h);
        var ridges = Ridges(depth, w, h);
        var share = depth.Count(d => d > 0) / (double)depth.Length;
        if (ridges.Count < 20 || share is < 0.005 or > 0.4) return (share, 0);
        ridges.Sort();
        // The middle of a line of n pixels is (n + 1) / 2 steps of three from its outside.
        return (share, Math.Max(1, (2 * ridges[ridges.Count / 2] / 3.0) - 1));
    }

    // G. Borgefors, "Distance transformations in digital images", 1986: steps of 3 to the side and of 4 across.
    private static void Chamfer(int[] depth, int w, int h)
    {
        for (int y = 0, i = 0; y < h; y++)
        {
            for (var x = 0; x < w; x++, i++)
            {
                if (depth[i] == 0) continue;
                if (x > 0) depth[i] = Math.Min(depth[i], depth[i - 1] + 3);
                if (y == 0) continue;
                depth[i] = Math.Min(depth[i], depth[i - w] + 3);
                if (x > 0) depth[i] = Math.Min(depth[i], depth[i - w - 1] + 4);
                if (x < w - 1) depth[i] = Math.Min(depth[i], depth[i - w + 1] + 4);
            }
        }
        for (int y = h - 1, i = depth.Length - 1; y >= 0; y--)
        {
            for (var x = w - 1; x >= 0; x--, i--)
            {
                if (depth[i] == 0) continue;
                if (x < w - 1) depth[i] = Math.Min(depth[i], depth[i + 1] + 3);
                if (y == h - 1) continue;
                depth[i] = Math.Min(depth[i], depth[i + w] + 3);
                if (x > 0) depth[i] = Math.Min(depth[i], depth[i + w - 1] + 4);
                if (x < w - 1) depth[i] = Math.Min(depth[i], depth[i + w + 1] + 4);
            }
        }
    }

    private static List<int> Ridges(int[] depth, int w, int h)
    {
        var ridges = new List<int>();
        for (var y = 1; y < h - 1; y++)
        {
            for (var x = 1; x < w - 1; x++)
            {
                var (i, d) = ((y * w) + x, depth[(y * w) + x]);
                if (d > 0 && d < int.MaxValue / 4 && d >= depth[i - 1] && d >= depth[i + 1] && d >= depth[i - w] && d >= depth[i + w]) ridges.Add(d);
            }
        }
        return ridges;
    }
}
