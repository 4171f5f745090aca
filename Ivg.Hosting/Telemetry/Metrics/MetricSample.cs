namespace Ivg.Hosting.Telemetry.Metrics;

/// <summary>A point as it arrives, with what it is a point of.</summary>
/// <param name="Began">When the total was nothing.</param>
/// <param name="IsDelta">Whether it has only what is new since the last.</param>
internal sealed record MetricSample(
    Instrument Instrument, TelemetrySource Source, Tag[] Tags, MetricPoint Point, DateTimeOffset Began, IReadOnlyList<Exemplar> Exemplars, bool IsDelta);
