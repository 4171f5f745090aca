namespace Ivg.Hosting.Telemetry.Metrics;

/// <summary>One measured value and the span it was measured in.</summary>
internal sealed record Exemplar(DateTimeOffset Time, double Value, string TraceId, string SpanId);
