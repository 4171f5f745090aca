using Ivg.Hosting.Telemetry.Logs;
using Ivg.Hosting.Telemetry.Metrics;
using Ivg.Hosting.Telemetry.Traces;

namespace Ivg.Hosting.Telemetry;

/// <summary>What processes have told of themselves, in memory, for this run of the host.</summary>
internal sealed record TelemetryStore(LogStore Logs, TraceStore Traces, MetricStore Metrics)
{
    public void Clear()
    {
        Logs.Clear();
        Traces.Clear();
        Metrics.Clear();
    }
}
