namespace Ivg.Hosting.Telemetry.Traces;

/// <summary>Which traces are wanted: some span of theirs must meet what is asked of spans.</summary>
internal sealed record TraceQuery
{
    public string? Source { get; init; }

    /// <summary>In a span's name or an attribute's value; letter case does not count.</summary>
    public string? Text { get; init; }

    public bool ErrorsOnly { get; init; }

    public TimeSpan MinDuration { get; init; }

    /// <summary>From how many services there must be spans.</summary>
    public int MinSources { get; init; }

    public IReadOnlyList<TagFilter> Tags { get; init; } = [];

    /// <summary>Only traces first heard of before this one.</summary>
    public long Before { get; init; } = long.MaxValue;

    public int Limit { get; init; } = 100;

    public bool Matches(Trace trace)
        => (!ErrorsOnly || trace.Errors > 0)
            && trace.Duration >= MinDuration
            && (MinSources <= 1 || trace.Spans.Select(s => s.Source.Name).Distinct().Count() >= MinSources)
            && (AsksNothingOfSpans || trace.Spans.Any(Matches));

    private bool AsksNothingOfSpans => string.IsNullOrEmpty(Source) && string.IsNullOrEmpty(Text) && Tags.Count == 0;

    private bool Matches(SpanEntry span)
        => span.Source.Matches(Source) && Tags.All(t => t.Matches(span.Tags)) && (string.IsNullOrEmpty(Text) || span.HasText(Text));
}
