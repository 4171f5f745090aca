using Google.Protobuf;
using Ivg.Hosting.Telemetry.Otlp.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Hosting.Telemetry.Otlp;

/// <summary>OTLP over gRPC on its port, and over HTTP with protobuf bodies under <c>/v1</c>.</summary>
internal static class OtlpEndpoints
{
    /// <summary>Of one export, unpacked.</summary>
    public const int MaxMessageBytes = 32 << 20;
    private const string Protobuf = "application/x-protobuf";

    public static void AddOtlp(this IServiceCollection services)
    {
        services.AddSingleton<OtlpReceiver>();
        services.AddGrpc(options => options.MaxReceiveMessageSize = MaxMessageBytes);
        services.AddRequestDecompression();
    }

    public static void MapOtlp(this WebApplication app)
    {
        app.MapGrpcService<OtlpTraceService>();
        app.MapGrpcService<OtlpLogsService>();
        app.MapGrpcService<OtlpMetricsService>();
        Map(app, "/v1/traces", ExportTraceServiceRequest.Parser, (receiver, request) => receiver.Take(request));
        Map(app, "/v1/logs", ExportLogsServiceRequest.Parser, (receiver, request) => receiver.Take(request));
        Map(app, "/v1/metrics", ExportMetricsServiceRequest.Parser, (receiver, request) => receiver.Take(request));
    }

    /// <summary>Whether a request is a client's export, which shows a key and no cookie.</summary>
    public static bool IsExport(HttpRequest request)
        => request.Path.StartsWithSegments("/v1") || request.Path.Value!.StartsWith("/opentelemetry.proto.collector.", StringComparison.Ordinal);

    private static void Map<T>(IEndpointRouteBuilder app, string path, MessageParser<T> parser, Func<OtlpReceiver, T, IMessage> take)
        where T : IMessage<T>
        => app.MapPost(path, async (HttpContext context, OtlpReceiver receiver) =>
        {
            if (context.Request.ContentType?.StartsWith(Protobuf, StringComparison.OrdinalIgnoreCase) != true)
                return Results.Text($"Send {Protobuf}.\n", statusCode: StatusCodes.Status415UnsupportedMediaType);

            try
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, context.RequestAborted);
                var answer = take(receiver, parser.ParseFrom(body.GetBuffer().AsSpan(0, (int)body.Length)));
                return Results.Bytes(answer.ToByteArray(), Protobuf);
            }
            catch (Exception ex) when (ex is InvalidProtocolBufferException or InvalidDataException)
            {
                return Results.Text("This is not an OTLP export.\n", statusCode: StatusCodes.Status400BadRequest);
            }
        }).WithMetadata(new SizeLimit());

    private sealed class SizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => MaxMessageBytes;
    }
}
