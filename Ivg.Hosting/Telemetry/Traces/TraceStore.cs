namespace Ivg.Hosting.Telemetry.Traces;

/// <summary>The newest traces. Whole traces go when there are too many spans: half a waterfall misleads.</summary>
internal sealed class TraceStore(TelemetryOptions options)
{
    private readonly Dictionary<string, Trace> _byId = [];
    private readonly Ring<Trace> _inOrder = new();
    private readonly Lock _gate = new();
    private long _bytes;
    private long _lastNumber;

    public int Spans { get; private set; }

    public int Count => _inOrder.Count;

    public long Dropped { get; private set; }

    public void Add(IReadOnlyList<SpanEntry> spans)
    {
        lock (_gate)
        {
            foreach (var span in spans)
                Add(span);
            while (Spans > options.MaxSpans || (_bytes > options.MaxBytes && _inOrder.Count > 1))
                DropOldest();
        }
    }

    public IReadOnlyList<TraceSummary> Query(TraceQuery query)
    {
        var found = new List<TraceSummary>();
        lock (_gate)
            for (var i = _inOrder.Count - 1; i >= 0 && found.Count < query.Limit; i--)
                if (_inOrder[i].Number < query.Before && query.Matches(_inOrder[i]))
                    found.Add(_inOrder[i].Summarize());

        return found;
    }

    /// <summary>A trace's spans by their start; empty for one that is not here.</summary>
    public IReadOnlyList<SpanEntry> Find(string traceId)
    {
        lock (_gate)
            return _byId.TryGetValue(traceId, out var trace) ? [.. trace.Spans.OrderBy(s => s.Start)] : [];
    }

    /// <summary>The newest traces that are named so or have a span with this attribute value.</summary>
    /// <returns>At most <paramref name="limit"/>, and whether there are more.</returns>
    public (IReadOnlyList<TraceSummary> Traces, bool More) WithValue(string value, int limit)
    {
        var found = new List<TraceSummary>();
        lock (_gate)
            for (var i = _inOrder.Count - 1; i >= 0; i--)
            {
                if (_inOrder[i].Id != value && !_inOrder[i].Spans.Any(s => Array.Exists(s.Tags, t => t.Value == value)))
                    continue;
                if (found.Count == limit)
                    return (found, true);
                found.Add(_inOrder[i].Summarize());
            }

        return (found, false);
    }

    /// <summary>Spans that link to a trace, the other way round.</summary>
    public IReadOnlyList<SpanEntry> LinkingTo(string traceId)
    {
        lock (_gate)
            return [.. _byId.Values.SelectMany(t => t.Spans).Where(s => s.Links.Any(l => l.TraceId == traceId) && s.TraceId != traceId)];
    }

    public void Clear()
    {
        lock (_gate)
        {
            _byId.Clear();
            _inOrder.Clear();
            (_bytes, Spans, Dropped) = (0, 0, 0);
        }
    }

    private void Add(SpanEntry span)
    {
        if (!_byId.TryGetValue(span.TraceId, out var trace))
        {
            _byId[span.TraceId] = trace = new Trace(span.TraceId, ++_lastNumber);
            _inOrder.Add(trace);
        }

        var before = trace.Bytes;
        trace.Add(span);
        _bytes += trace.Bytes - before;
        Spans++;
    }

    private void DropOldest()
    {
        var oldest = _inOrder.RemoveOldest();
        _byId.Remove(oldest.Id);
        _bytes -= oldest.Bytes;
        Spans -= oldest.Spans.Count;
        Dropped += oldest.Spans.Count;
    }
}
