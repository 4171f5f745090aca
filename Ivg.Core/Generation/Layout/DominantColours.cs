namespace Ivg.Core.Generation.Layout;

/// <summary>
/// The main colours of some pixels: k-means in OKLab over a histogram, started from the fullest and farthest cells, so that nothing in
/// it is random.
/// </summary>
internal static class DominantColours
{
    private const int Colours = 6;
    private const int Rounds = 8;

    // Cells of the histogram along each axis; A and B reach from -0.32 to 0.32 within sRGB.
    private const int Steps = 16;
    private const float Merge2 = 0.05f * 0.05f;
    private const double Least = 0.02;

    /// <param name="picture">The pixels.</param>
    /// <param name="weights">What each pixel counts; null for all alike.</param>
    /// <param name="spread">Mean distance of the pixels to their colour: what the palette does not tell.</param>
    /// <returns>At most six, those of most weight first; colours closer than 0.05 are one, those under 2 % are left out.</returns>
    public static IReadOnlyList<ColourShare> Of(LabPicture picture, float[]? weights, out double spread)
    {
        var cells = Histogram(picture, weights);
        var total = cells.Sum(cell => cell.Weight);
        spread = 0;
        if (total <= 0) return [];
        var centres = Start(cells);
        var shares = new double[centres.Count];
        for (var round = 0; round < Rounds; round++) (centres, shares, spread) = Step(cells, centres);
        spread /= total;
        var merged = Merge(centres, shares);
        return [.. merged.Select(pair => ColourShare.Of(pair.Colour, pair.Weight / total)).Where(share => share.Weight >= Least).OrderByDescending(share => share.Weight)];
    }

    /// <summary>Mean distance from each colour of either palette to the nearest of the other, by weight; 0 for equal ones.</summary>
    public static double Distance(IReadOnlyList<ColourShare> a, IReadOnlyList<ColourShare> b)
    {
        if (a.Count == 0 || b.Count == 0) return 0;
        return (Towards(a, b) + Towards(b, a)) / 2;

        static double Towards(IReadOnlyList<ColourShare> from, IReadOnlyList<ColourShare> to) =>
            from.Sum(colour => colour.Weight * Math.Sqrt(to.Min(other => colour.Colour.Distance2(other.Colour)))) / from.Sum(colour => colour.Weight);
    }

    private static List<(Lab Colour, float Weight)> Histogram(LabPicture picture, float[]? weights)
    {
        var sums = new float[Steps * Steps * Steps * 4];
        for (var i = 0; i < picture.Count; i++)
        {
            var (l, a, b) = (picture.L[i], picture.A[i], picture.B[i]);
            var weight = weights?[i] ?? 1;
            var at = ((((Cell(l) * Steps) + Cell((a + 0.32f) / 0.64f)) * Steps) + Cell((b + 0.32f) / 0.64f)) * 4;
            sums[at] += weight;
            sums[at + 1] += weight * l;
            sums[at + 2] += weight * a;
            sums[at + 3] += weight * b;
        }
        var cells = new List<(Lab, float)>();
        for (var at = 0; at < sums.Length; at += 4)
        {
            if (sums[at] > 0) cells.Add((new Lab(sums[at + 1] / sums[at], sums[at + 2] / sums[at], sums[at + 3] / sums[at]), sums[at]));
        }
        return cells;
    }

    private static int Cell(float value) => Math.Clamp((int)(value * Steps), 0, Steps - 1);

    private static List<Lab> Start(List<(Lab Colour, float Weight)> cells)
    {
        var centres = new List<Lab> { cells.MaxBy(cell => cell.Weight).Colour };
        while (centres.Count < Math.Min(Colours, cells.Count))
            centres.Add(cells.MaxBy(cell => cell.Weight * centres.Min(centre => centre.Distance2(cell.Colour))).Colour);
        return centres;
    }

    private static (List<Lab> Centres, double[] Shares, double Spread) Step(List<(Lab Colour, float Weight)> cells, List<Lab> centres)
    {
        var sums = new (double Weight, double L, double A, double B)[centres.Count];
        var spread = 0.0;
        foreach (var (colour, weight) in cells)
        {
            var (best, least) = (0, float.MaxValue);
            for (var k = 0; k < centres.Count; k++)
            {
                var distance = colour.Distance2(centres[k]);
                if (distance < least) (best, least) = (k, distance);
            }
            ref var sum = ref sums[best];
            sum = (sum.Weight + weight, sum.L + (weight * colour.L), sum.A + (weight * colour.A), sum.B + (weight * colour.B));
            spread += weight * Math.Sqrt(least);
        }
        var moved = centres.Select((centre, k) => sums[k].Weight > 0
            ? new Lab((float)(sums[k].L / sums[k].Weight), (float)(sums[k].A / sums[k].Weight), (float)(sums[k].B / sums[k].Weight))
            : centre);
        return ([.. moved], [.. sums.Select(sum => sum.Weight)], spread);
    }

    private static List<(Lab Colour, double Weight)> Merge(List<Lab> centres, double[] shares)
    {
        var kept = new List<(Lab Colour, double Weight)>();
        foreach (var (colour, weight) in centres.Zip(shares).OrderByDescending(pair => pair.Second))
        {
            var near = kept.FindIndex(other => other.Colour.Distance2(colour) < Merge2);
            if (near < 0) kept.Add((colour, weight));
            else kept[near] = (Lab.Mix(kept[near].Colour, colour, (float)(weight / Math.Max(1e-9, weight + kept[near].Weight))), kept[near].Weight + weight);
        }
        return kept;
    }
}
