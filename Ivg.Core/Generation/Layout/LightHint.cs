namespace Ivg.Core.Generation.Layout;

/// <summary>Light and colour as a whole, in OKLab, transparent pixels left out.</summary>
/// <param name="Confidence">1, or 0 where there is nothing to see.</param>
/// <param name="Mean">Mean lightness, 0 to 1.</param>
/// <param name="Low">Lightness that 5 % of the pixels are under.</param>
/// <param name="High">Lightness that 5 % of the pixels are over.</param>
/// <param name="Chroma">Mean chroma, 0 to about 0.3.</param>
/// <param name="Warmth">Mean colour along the axis from blue (below 0) to orange (above 0).</param>
internal sealed record LightHint(double Confidence, double Mean, double Low, double High, double Chroma, double Warmth)
{
    private const int Steps = 200;

    // The direction of orange, 60 degrees, in the plane of A and B.
    private const float WarmA = 0.5f, WarmB = 0.866f;

    public static LightHint Of(Preview preview)
    {
        var (lab, counts) = (preview.Lab, new double[Steps + 1]);
        double total = 0, light = 0, chroma = 0, warmth = 0;
        for (var i = 0; i < lab.Count; i++)
        {
            var weight = preview.Alpha?[i] ?? 1;
            var colour = lab[i];
            counts[Math.Clamp((int)(colour.L * Steps), 0, Steps)] += weight;
            (total, light, chroma) = (total + weight, light + (weight * colour.L), chroma + (weight * colour.Chroma));
            warmth += weight * ((colour.A * WarmA) + (colour.B * WarmB));
        }
        return total <= 0
            ? new LightHint(0, 0, 0, 0, 0, 0)
            : new LightHint(1, Figures.Round(light / total), At(counts, total * 0.05), At(counts, total * 0.95), Figures.Round(chroma / total), Figures.Round(warmth / total));
    }

    private static double At(double[] counts, double share)
    {
        var sum = 0.0;
        for (var step = 0; step <= Steps; step++)
        {
            if ((sum += counts[step]) >= share) return (double)step / Steps;
        }
        return 1;
    }
}
