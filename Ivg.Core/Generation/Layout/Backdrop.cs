namespace Ivg.Core.Generation.Layout;

/// <summary>What a picture's border says about the ground behind its subjects, and how far each pixel is from that ground.</summary>
internal sealed class Backdrop
{
    private const float Even = 0.05f;
    private const double Most = 0.8;

    private Backdrop(BackgroundKind kind, double share, Lab? colour, float[] distance) =>
        (Kind, Share, Colour, Distance) = (kind, share, colour, distance);

    public BackgroundKind Kind { get; }

    /// <summary>Share of the border that is as <see cref="Kind"/> says.</summary>
    public double Share { get; }

    /// <summary>The middle colour of the border; null where it is transparent.</summary>
    public Lab? Colour { get; }

    /// <summary>OKLab distance of each pixel to the ground; opacity where the ground is transparent.</summary>
    public float[] Distance { get; }

    public static Backdrop Of(Preview preview)
    {
        var (lab, ring) = (preview.Lab, Ring(preview.Lab.Width, preview.Lab.Height));
        if (preview.Alpha is { } alpha && ring.Count(i => alpha[i] < 0.5f) is var clear && clear > ring.Length * 0.6)
            return new Backdrop(BackgroundKind.Transparent, (double)clear / ring.Length, null, alpha);
        var middle = new Lab(Median(lab.L, ring), Median(lab.A, ring), Median(lab.B, ring));
        var even = ring.Count(i => lab[i].Distance2(middle) < Even * Even) / (double)ring.Length;
        if (even >= Most) return new Backdrop(BackgroundKind.Plain, even, middle, Away(lab, (_, _) => middle));
        var slope = ColourSlope.Fit(lab, ring, middle);
        var fitting = ring.Count(i => lab[i].Distance2(slope.At(i % lab.Width, i / lab.Width)) < Even * Even) / (double)ring.Length;
        if (fitting >= Most) return new Backdrop(BackgroundKind.Gradient, fitting, middle, Away(lab, slope.At));
        return new Backdrop(BackgroundKind.Busy, 1 - Math.Max(even, fitting), middle, AwayFrom(lab, Palette(lab, ring)));
    }

    private static int[] Ring(int width, int height)
    {
        var thick = Math.Max(1, (int)Math.Round(Math.Min(width, height) * 0.03));
        var ring = new List<int>(2 * thick * (width + height));
        for (int y = 0, i = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++, i++)
            {
                if (x < thick || y < thick || x >= width - thick || y >= height - thick) ring.Add(i);
            }
        }
        return [.. ring];
    }

    private static float Median(float[] plane, int[] ring)
    {
        var values = Array.ConvertAll(ring, i => plane[i]);
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static Lab[] Palette(LabPicture lab, int[] ring)
    {
        var border = new LabPicture(ring.Length, 1);
        for (var i = 0; i < ring.Length; i++) border[i] = lab[ring[i]];
        return [.. DominantColours.Of(border, null, out _).Where(share => share.Weight > 0.1).Select(share => share.Colour).DefaultIfEmpty(border[0])];
    }

    private static float[] Away(LabPicture lab, Func<int, int, Lab> ground)
    {
        var distance = new float[lab.Count];
        for (int y = 0, i = 0; y < lab.Height; y++)
        {
            for (var x = 0; x < lab.Width; x++, i++) distance[i] = MathF.Sqrt(lab[i].Distance2(ground(x, y)));
        }
        return distance;
    }

    private static float[] AwayFrom(LabPicture lab, Lab[] colours)
    {
        var distance = new float[lab.Count];
        for (var i = 0; i < distance.Length; i++)
        {
            var least = float.MaxValue;
            foreach (var colour in colours) least = Math.Min(least, lab[i].Distance2(colour));
            distance[i] = MathF.Sqrt(least);
        }
        return distance;
    }
}
