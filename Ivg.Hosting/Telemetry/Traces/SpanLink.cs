namespace Ivg.Hosting.Telemetry.Traces;

/// <summary>Points to a span that is not the parent.</summary>
internal sealed record SpanLink(string TraceId, string SpanId, Tag[] Tags);
