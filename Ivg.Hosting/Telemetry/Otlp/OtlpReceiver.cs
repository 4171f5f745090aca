using Ivg.Hosting.Telemetry.Otlp.Wire;

namespace Ivg.Hosting.Telemetry.Otlp;

/// <summary>Reads and stores, for either transport.</summary>
internal sealed class OtlpReceiver(TelemetryStore store, TelemetryOptions options)
{
    private readonly OtlpReader _reader = new(options);

    public ExportTraceServiceResponse Take(ExportTraceServiceRequest request)
    {
        store.Traces.Add(_reader.Read(request));
        return new();
    }

    public ExportLogsServiceResponse Take(ExportLogsServiceRequest request)
    {
        store.Logs.Add(_reader.Read(request));
        return new();
    }

    public ExportMetricsServiceResponse Take(ExportMetricsServiceRequest request)
    {
        store.Metrics.Add(new OtlpMetricReader(_reader).Read(request));
        return new();
    }
}
