namespace Ivg.Hosting.Telemetry.Logs;

/// <summary>Which lines are wanted: all that is set must be met.</summary>
internal sealed record LogQuery
{
    public string? Source { get; init; }

    public int MinSeverity { get; init; }

    /// <summary>In the message, the category or an attribute's value; letter case does not count.</summary>
    public string? Text { get; init; }

    public string? TraceId { get; init; }

    public string? SpanId { get; init; }

    public IReadOnlyList<TagFilter> Tags { get; init; } = [];

    /// <summary>Only lines stored before this one, or after that one.</summary>
    public long Before { get; init; } = long.MaxValue;

    public long After { get; init; }

    public int Limit { get; init; } = 200;

    public bool Matches(LogEntry entry)
        => entry.Severity >= MinSeverity
            && entry.Source.Matches(Source)
            && (TraceId is null || entry.TraceId == TraceId)
            && (SpanId is null || entry.SpanId == SpanId)
            && Tags.All(t => t.Matches(entry.Tags))
            && (string.IsNullOrEmpty(Text) || HasText(entry, Text));

    private static bool HasText(LogEntry entry, string text)
        => entry.Message.Contains(text, StringComparison.OrdinalIgnoreCase)
            || entry.Category.Contains(text, StringComparison.OrdinalIgnoreCase)
            || Array.Exists(entry.Tags, t => t.Value.Contains(text, StringComparison.OrdinalIgnoreCase));
}
