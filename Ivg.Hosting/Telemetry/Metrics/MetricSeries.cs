namespace Ivg.Hosting.Telemetry.Metrics;

/// <summary>One instrument with one set of attributes, in one process.</summary>
/// <param name="isWhole">Whether nothing was counted before the store was there: its first total is then an increase.</param>
internal sealed class MetricSeries(Instrument instrument, TelemetrySource source, Tag[] tags, bool isWhole)
{
    private const int MaxExemplars = 100;
    private readonly Ring<MetricPoint> _points = new();
    private readonly Ring<Exemplar> _exemplars = new();
    private long _dropped;

    public Instrument Instrument { get; } = instrument;

    public TelemetrySource Source { get; } = source;

    public Tag[] Tags { get; } = tags;

    public DateTimeOffset LastSeen { get; private set; }

    public int Points => _points.Count;

    public IEnumerable<Exemplar> Exemplars => Enumerable.Range(0, _exemplars.Count).Select(i => _exemplars[i]);

    public void Add(MetricSample sample, int maxPoints)
    {
        var last = _points.Count > 0 ? _points[_points.Count - 1] : null;
        var point = sample.IsDelta && last is not null ? sample.Point.On(last) : sample.Point;
        LastSeen = point.Time;
        if (last is null || !point.SameAs(last))
            _points.Add(point);
        for (; _points.Count > maxPoints; _dropped++)
            _points.RemoveOldest();

        foreach (var exemplar in sample.Exemplars)
        {
            // Exporters repeat an exemplar until a newer one takes its place.
            if (_exemplars.Count > 0 && Exemplars.Any(e => e.SpanId == exemplar.SpanId && e.Time == exemplar.Time))
                continue;
            _exemplars.Add(exemplar);
            if (_exemplars.Count > MaxExemplars)
                _exemplars.RemoveOldest();
        }
    }

    /// <summary>Whether it is known that there was nothing yet at a time.</summary>
    public bool WasNothingAt(DateTimeOffset time) => isWhole && _dropped == 0 && _points.Count > 0 && _points[0].Time > time;

    /// <summary>The newest point not after a time; null before the first, and once the series has been silent for <paramref name="patience"/>.</summary>
    public MetricPoint? At(DateTimeOffset time, TimeSpan patience)
    {
        if (time - LastSeen > patience)
            return null;

        var (low, high) = (0, _points.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_points[middle].Time <= time)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 ? null : _points[low - 1];
    }
}
