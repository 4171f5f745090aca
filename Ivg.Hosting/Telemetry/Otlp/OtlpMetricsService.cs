using Grpc.Core;
using Ivg.Hosting.Telemetry.Otlp.Wire;

namespace Ivg.Hosting.Telemetry.Otlp;

/// <summary>OTLP over gRPC, metrics.</summary>
internal sealed class OtlpMetricsService(OtlpReceiver receiver) : MetricsService.MetricsServiceBase
{
    public override Task<ExportMetricsServiceResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context) => Task.FromResult(receiver.Take(request));
}
