namespace Ivg.Core.Generation.Layout;

/// <summary>What stands out from the ground: a mask of a small copy, and its parts.</summary>
internal sealed class Figure
{
    // Distances that an eye takes for the ground's own unevenness, and those that are certainly something else.
    private const float Least = 0.05f, Enough = 0.12f;
    private const int Parts = 3;

    private Figure(double confidence, float threshold, bool[] mask, IReadOnlyList<PixelBox> boxes, PixelBox? extent) =>
        (Confidence, Threshold, Mask, Boxes, Extent) = (confidence, threshold, mask, boxes, extent);

    /// <summary>0 to 1: how clearly ground and figure part.</summary>
    public double Confidence { get; }

    /// <summary>Distance to the ground from which a pixel counts.</summary>
    public float Threshold { get; }

    public bool[] Mask { get; }

    /// <summary>The largest connected parts, largest first.</summary>
    public IReadOnlyList<PixelBox> Boxes { get; }

    /// <summary>Around all parts but specks; null when there are none.</summary>
    public PixelBox? Extent { get; }

    public static Figure Of(Backdrop backdrop, int width, int height)
    {
        var distance = backdrop.Distance;
        var threshold = Otsu(distance);
        if (backdrop.Kind is not BackgroundKind.Busy) threshold = Math.Clamp(threshold, Least, Enough);
        var mask = new bool[distance.Length];
        double inside = 0, outside = 0;
        var count = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = distance[i] > threshold;
            if (mask[i]) (inside, count) = (inside + distance[i], count + 1);
            else outside += distance[i];
        }
        var share = (double)count / mask.Length;
        if (share is < 0.002 or > 0.9) return new Figure(0, threshold, mask, [], null);
        var parts = PixelBox.Parts(mask, width, height);
        var kept = parts.Where(part => part.Pixels >= Math.Max(count / 10, 4)).Take(Parts).ToArray();
        var whole = parts.Where(part => part.Pixels >= Math.Max(count / 200, 3)).ToArray();
        var contrast = Math.Clamp(((inside / count) - (outside / (mask.Length - count))) / 0.12, 0, 1);
        // Colours of a busy border turn up in the subject too, so a distance to them says little.
        var ground = backdrop.Kind is BackgroundKind.Busy ? 0.3 : Math.Clamp((backdrop.Share - 0.5) / 0.3, 0, 1);
        var gathered = kept.Sum(part => part.Pixels) / (double)count;
        return new Figure(Figures.Share(contrast * ground * Math.Min(1, gathered * 1.5)), threshold, mask, kept, PixelBox.Around(whole));
    }

    // N. Otsu, "A threshold selection method from gray-level histograms", 1979: the split with the largest variance between its halves.
    private static float Otsu(float[] values)
    {
        const int steps = 64;
        var max = 0f;
        foreach (var value in values) max = Math.Max(max, value);
        if (max < 1e-4f) return Least;
        Span<int> counts = stackalloc int[steps];
        foreach (var value in values) counts[Math.Min(steps - 1, (int)(value / max * steps))]++;
        double total = 0;
        for (var step = 0; step < steps; step++) total += (double)step * counts[step];
        double below = 0, sum = 0, best = -1;
        var split = 0;
        for (var step = 0; step < steps - 1; step++)
        {
            below += counts[step];
            sum += (double)step * counts[step];
            if (below == 0 || below == values.Length) continue;
            var gap = (sum / below) - ((total - sum) / (values.Length - below));
            var variance = below * (values.Length - below) * gap * gap;
            if (variance > best) (best, split) = (variance, step);
        }
        return (split + 1) * max / steps;
    }
}
