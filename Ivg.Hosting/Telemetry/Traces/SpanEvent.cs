namespace Ivg.Hosting.Telemetry.Traces;

/// <summary>Something that happened during a span, an exception for instance.</summary>
internal sealed record SpanEvent(DateTimeOffset Time, string Name, Tag[] Tags);
