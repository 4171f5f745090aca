namespace Ivg.Hosting.Telemetry.Metrics;

/// <summary>How values are distributed: <paramref name="Counts"/> has one more than <paramref name="Bounds"/>.</summary>
internal sealed record Buckets(double[] Bounds, long[] Counts)
{
    /// <summary>Adds up points with the same bounds; those with others than the first are left out.</summary>
    public static Buckets? Merge(IEnumerable<MetricPoint> points)
    {
        Buckets? merged = null;
        foreach (var point in points.Where(p => p.Buckets is { Length: > 0 }))
        {
            merged ??= new Buckets(point.Bounds!, new long[point.Buckets!.Length]);
            if (point.Bounds!.AsSpan().SequenceEqual(merged.Bounds))
                for (var i = 0; i < merged.Counts.Length; i++)
                    merged.Counts[i] += point.Buckets![i];
        }

        return merged;
    }

    /// <summary>By linear interpolation inside the bucket; in the last one, which has no end, its beginning. Null without values.</summary>
    public double? Percentile(double share)
    {
        var total = Counts.Sum();
        if (total == 0)
            return null;

        var wanted = share * total;
        var below = 0L;
        for (var i = 0; i < Counts.Length; i++)
        {
            if (Counts[i] > 0 && below + Counts[i] >= wanted)
                return i >= Bounds.Length ? Bounds.LastOrDefault() : Interpolate(i == 0 ? Math.Min(0, Bounds[0]) : Bounds[i - 1], Bounds[i], (wanted - below) / Counts[i]);
            below += Counts[i];
        }

        return Bounds.LastOrDefault();
    }

    private static double Interpolate(double from, double to, double share) => from + ((to - from) * share);
}
