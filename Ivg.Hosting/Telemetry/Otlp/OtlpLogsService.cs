using Grpc.Core;
using Ivg.Hosting.Telemetry.Otlp.Wire;

namespace Ivg.Hosting.Telemetry.Otlp;

/// <summary>OTLP over gRPC, logs.</summary>
internal sealed class OtlpLogsService(OtlpReceiver receiver) : LogsService.LogsServiceBase
{
    public override Task<ExportLogsServiceResponse> Export(ExportLogsServiceRequest request, ServerCallContext context) => Task.FromResult(receiver.Take(request));
}
