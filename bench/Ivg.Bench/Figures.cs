namespace Ivg.Bench;

internal static class Figures
{
    /// <summary>The value below which that share of the values lies.</summary>
    public static double Percentile(this IReadOnlyCollection<double> values, double share) =>
        values.Order().ElementAt(Math.Min(values.Count - 1, (int)(values.Count * share)));
}
