using Grpc.Core;
using Ivg.Hosting.Telemetry.Otlp.Wire;

namespace Ivg.Hosting.Telemetry.Otlp;

/// <summary>OTLP over gRPC, traces.</summary>
internal sealed class OtlpTraceService(OtlpReceiver receiver) : TraceService.TraceServiceBase
{
    public override Task<ExportTraceServiceResponse> Export(ExportTraceServiceRequest request, ServerCallContext context) => Task.FromResult(receiver.Take(request));
}
