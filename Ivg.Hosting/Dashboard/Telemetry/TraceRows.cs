using Ivg.Hosting.Telemetry.Traces;

namespace Ivg.Hosting.Dashboard.Telemetry;

/// <summary>Traces, the newest first.</summary>
internal sealed record TraceRows(IReadOnlyList<TraceSummary> Traces);
