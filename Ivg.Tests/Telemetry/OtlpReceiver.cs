using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ivg.Tests.Telemetry;

/// <summary>Takes traces, logs and metrics over OTLP/HTTP.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    public ConcurrentBag<Telemetered> Spans { get; } = [];

    public ConcurrentBag<Telemetered> Lines { get; } = [];

    public ConcurrentDictionary<string, bool> Metrics { get; } = new();

    /// <summary>All that came, in one text.</summary>
    public ConcurrentBag<byte[]> Raw { get; } = [];

    /// <summary>The settings of a service that sends here, and soon.</summary>
    public (string, string)[] Settings(string service) =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.First()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_SERVICE_NAME", service),
        ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_BLRP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
    ];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/traces", context => receiver.TakeAsync(context, message => receiver.Keep(receiver.Spans, message, [2, 2], ReadSpan)));
        app.MapPost("/v1/logs", context => receiver.TakeAsync(context, message => receiver.Keep(receiver.Lines, message, [2, 2], ReadLine)));
        app.MapPost("/v1/metrics", context => receiver.TakeAsync(context, message =>
        {
            foreach (var metric in message.All(1, 2, 2)) receiver.Metrics[metric.Text(1)] = true;
        }));
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, Action<ProtoMessage> keep)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Raw.Add(body.ToArray());
        keep(new ProtoMessage(body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }

    private void Keep(ConcurrentBag<Telemetered> bag, ProtoMessage request, int[] path, Func<string, ProtoMessage, Telemetered> read)
    {
        foreach (var resource in request.All(1))
        {
            var service = resource.All(1).Single().Attributes(1)["service.name"];
            foreach (var one in resource.All(path)) bag.Add(read(service, one));
        }
    }

    private static Telemetered ReadSpan(string service, ProtoMessage span) =>
        new(service, span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), span.Attributes(9)) { Links = [.. span.All(13).Select(link => link.Hex(1))] };

    private static Telemetered ReadLine(string service, ProtoMessage line) =>
        new(service, line.All(5).FirstOrDefault()?.Text(1) ?? "", line.Hex(9), line.Hex(10), "", line.Attributes(6));
}
