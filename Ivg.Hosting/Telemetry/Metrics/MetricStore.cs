namespace Ivg.Hosting.Telemetry.Metrics;

/// <summary>The newest points of every series.</summary>
internal sealed class MetricStore(TelemetryOptions options, TimeProvider time)
{
    private readonly Dictionary<(Instrument, string Instance, string Tags), MetricSeries> _series = [];
    private readonly Lock _gate = new();
    private DateTimeOffset _since = time.GetUtcNow();

    public int Count => _series.Count;

    public long Dropped { get; private set; }

    public void Add(IReadOnlyList<MetricSample> samples)
    {
        lock (_gate)
        {
            foreach (var sample in samples)
            {
                var key = (sample.Instrument, sample.Source.Instance, string.Join('\u001f', sample.Tags.Select(t => $"{t.Name}={t.Value}")));
                if (!_series.TryGetValue(key, out var series))
                {
                    if (_series.Count >= options.MaxSeries)
                        DropSilent();
                    _series[key] = series = new MetricSeries(sample.Instrument, sample.Source, sample.Tags, isWhole: sample.IsDelta || sample.Began >= _since);
                }

                series.Add(sample, options.MaxPointsPerSeries);
            }
        }
    }

    public IReadOnlyList<Instrument> Instruments()
    {
        lock (_gate)
            return [.. _series.Values.Select(s => s.Instrument).Distinct().OrderBy(i => i.Source).ThenBy(i => i.Meter).ThenBy(i => i.Name)];
    }

    /// <returns>Null for an instrument that there is not.</returns>
    public MetricChart? Query(MetricQuery query, DateTimeOffset now)
    {
        lock (_gate)
        {
            var series = _series.Values.Where(s => s.Instrument.Source == query.Source && s.Instrument.Meter == query.Meter && s.Instrument.Name == query.Name).ToArray();
            return series.Length == 0 ? null : MetricChart.Draw(series, query, now);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _series.Clear();
            (Dropped, _since) = (0, time.GetUtcNow());
        }
    }

    private void DropSilent()
    {
        _series.Remove(_series.MinBy(s => s.Value.LastSeen).Key);
        Dropped++;
    }
}
