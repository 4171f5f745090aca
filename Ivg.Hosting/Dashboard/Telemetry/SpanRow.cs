using Ivg.Hosting.Telemetry.Traces;

namespace Ivg.Hosting.Dashboard.Telemetry;

/// <summary>A span as JSON.</summary>
internal sealed record SpanRow(
    string TraceId, string SpanId, string? ParentId, string Name, string Kind, string Resource, string Instance, string Scope, DateTimeOffset Start, double DurationMs,
    bool IsError, string? StatusMessage, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<SpanRow.Event> Events, IReadOnlyList<SpanRow.Link> Links)
{
    public static SpanRow From(SpanEntry span) => new(
        span.TraceId, span.SpanId, span.ParentId.Length == 0 ? null : span.ParentId, span.Name, span.Kind, span.Source.Name, span.Source.Instance, span.Scope, span.Start,
        span.Duration.TotalMilliseconds, span.IsError, span.StatusMessage.Length == 0 ? null : span.StatusMessage, AttributeMap.Of(span.Tags),
        [.. span.Events.Select(e => new Event(e.Time, e.Name, AttributeMap.Of(e.Tags)))],
        [.. span.Links.Select(l => new Link(l.TraceId, l.SpanId, AttributeMap.Of(l.Tags)))]);

    internal sealed record Event(DateTimeOffset Time, string Name, IReadOnlyDictionary<string, string> Attributes);

    internal sealed record Link(string TraceId, string SpanId, IReadOnlyDictionary<string, string> Attributes);
}
