namespace Ivg.Hosting.Telemetry.Traces;

/// <summary>The spans of one trace that have come so far, from however many processes.</summary>
/// <param name="number">Grows in the order in which traces were first heard of.</param>
internal sealed class Trace(string id, long number)
{
    private readonly List<SpanEntry> _spans = [];

    public string Id { get; } = id;

    public long Number { get; } = number;

    public IReadOnlyList<SpanEntry> Spans => _spans;

    public long Bytes { get; private set; }

    public int Errors { get; private set; }

    public DateTimeOffset Start { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset End { get; private set; } = DateTimeOffset.MinValue;

    public TimeSpan Duration => End - Start;

    public void Add(SpanEntry span)
    {
        _spans.Add(span);
        Bytes += span.Bytes;
        Errors += span.IsError ? 1 : 0;
        Start = span.Start < Start ? span.Start : Start;
        End = span.End > End ? span.End : End;
    }

    /// <summary>The first span without a parent, else the first whose parent is not here: the caller's own is often not.</summary>
    public SpanEntry Root()
    {
        var ids = _spans.Select(s => s.SpanId).ToHashSet();
        return _spans.OrderBy(s => ids.Contains(s.ParentId)).ThenBy(s => s.ParentId.Length > 0).ThenBy(s => s.Start).First();
    }

    public TraceSummary Summarize()
    {
        var root = Root();
        return new TraceSummary(Id, Number, root.Name, root.Source.Name, Start, Duration.TotalMilliseconds, _spans.Count, Errors,
            [.. _spans.GroupBy(s => s.Source.Name).Select(g => new TraceSummary.Part(g.Key, g.Count(), g.Count(s => s.IsError)))]);
    }
}
