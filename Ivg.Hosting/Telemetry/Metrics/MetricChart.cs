namespace Ivg.Hosting.Telemetry.Metrics;

/// <summary>An instrument over time, at even steps.</summary>
internal sealed record MetricChart(
    Instrument Instrument,
    double StepSeconds,
    IReadOnlyList<DateTimeOffset> Times,
    IReadOnlyList<MetricLine> Lines,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Dimensions,
    IReadOnlyList<Exemplar> Exemplars)
{
    private const int Steps = 120;
    private const int MaxLines = 20;
    private const int MaxValuesOfADimension = 100;

    // Exporters send every minute unless told otherwise; a process that is silent for longer is gone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    public static MetricChart Draw(IReadOnlyList<MetricSeries> all, MetricQuery query, DateTimeOffset now)
    {
        var series = all.Where(s => query.Tags.All(t => t.Matches(s.Tags))).ToArray();
        var step = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(query.Window.TotalSeconds / Steps)));
        // On the grid of the step, so that a chart that is asked for again has the same times.
        var end = new DateTimeOffset(now.Ticks - (now.Ticks % step.Ticks), TimeSpan.Zero);
        var times = Enumerable.Range(0, (int)(query.Window / step) + 1).Select(i => end - query.Window + (i * step)).ToArray();
        var lines = series.GroupBy(s => query.By is null ? "" : s.Tags.FirstOrDefault(t => t.Name == query.By).Value ?? "(none)")
            .OrderBy(g => g.Key, StringComparer.Ordinal).Take(MaxLines)
            .Select(g => DrawLine(g.Key, [.. g], times, step)).ToArray();
        return new MetricChart(
            all[0].Instrument, step.TotalSeconds, times, lines,
            all.SelectMany(s => s.Tags).GroupBy(t => t.Name).OrderBy(g => g.Key, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(t => t.Value).Distinct().Order(StringComparer.Ordinal).Take(MaxValuesOfADimension)]),
            [.. series.SelectMany(s => s.Exemplars).Where(e => e.Time >= times[0]).OrderBy(e => e.Time)]);
    }

    private static MetricLine DrawLine(string name, MetricSeries[] series, DateTimeOffset[] times, TimeSpan step)
    {
        var kind = series[0].Instrument.Kind;
        var values = new double?[times.Length];
        var percentiles = kind == InstrumentKind.Histogram ? (P50: new double?[times.Length], P90: new double?[times.Length], P99: new double?[times.Length]) : default;
        for (var i = 0; i < times.Length; i++)
        {
            var points = series.Select(s => (Now: s.At(times[i], Patience), Before: s.At(times[i] - step, Patience), IsNew: s.WasNothingAt(times[i] - step))).Where(p => p.Now is not null).ToArray();
            if (points.Length == 0)
                continue;

            if (kind is InstrumentKind.Gauge or InstrumentKind.UpDownCounter)
            {
                values[i] = points.Sum(p => p.Now!.Value);
                continue;
            }

            // Without a point before, what an older total grew by in this step is not known.
            var added = points.Where(p => p.Before is not null || p.IsNew).Select(p => p.Now!.Since(p.Before)).ToArray();
            values[i] = added.Sum(p => kind == InstrumentKind.Counter ? p.Value : p.Buckets!.Sum()) / step.TotalSeconds;
            if (kind == InstrumentKind.Histogram && Buckets.Merge(added) is { } merged)
                (percentiles.P50[i], percentiles.P90[i], percentiles.P99[i]) = (merged.Percentile(0.5), merged.Percentile(0.9), merged.Percentile(0.99));
        }

        return new MetricLine(name, values, percentiles.P50, percentiles.P90, percentiles.P99);
    }

}
