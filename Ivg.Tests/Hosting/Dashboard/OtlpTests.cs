using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Ivg.Hosting.Telemetry.Otlp;
using Ivg.Hosting.Telemetry.Otlp.Wire;
using Ivg.Tests.Application;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Ivg.Tests.Hosting.Dashboard;

/// <summary>What OpenTelemetry's own exporters send is what the JSON API tells.</summary>
public sealed class OtlpTests
{
    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task Exporters_logs_traces_and_metrics_arrive(OtlpExportProtocol protocol)
    {
        await using var rig = await DashboardRig.StartAsync();
        var name = $"sender-{Guid.NewGuid():N}";
        void Configure(OtlpExporterOptions options, string path)
        {
            var http = protocol == OtlpExportProtocol.HttpProtobuf;
            (options.Protocol, options.Headers) = (protocol, $"{OtlpAccess.Header}={rig.Otlp.Key}");
            options.Endpoint = new Uri(http ? $"{rig.Otlp.HttpUrl}/v1/{path}" : rig.Otlp.GrpcUrl!);
        }

        var resource = ResourceBuilder.CreateEmpty().AddService(name, serviceInstanceId: "one");
        using var source = new ActivitySource(name);
        using var meter = new Meter(name);
        string traceId;
        using (var traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(name).AddOtlpExporter(o => Configure(o, "traces")).Build())
        using (var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(name).SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddOtlpExporter(o => Configure(o, "metrics")).Build())
        using (var loggers = LoggerFactory.Create(b => b.AddOpenTelemetry(o =>
        {
            o.IncludeFormattedMessage = true;
            o.SetResourceBuilder(resource).AddOtlpExporter(e => Configure(e, "logs"));
        })))
        {
            using var span = source.StartActivity("paint", ActivityKind.Server)!;
            traceId = span.TraceId.ToHexString();
            span.SetTag("job_id", "job-17").AddEvent(new ActivityEvent("mixed")).SetStatus(ActivityStatusCode.Error, "out of blue");
            meter.CreateHistogram<double>("paint.time", "s").Record(0.7, new KeyValuePair<string, object?>("brush", "fine"));
            meter.CreateCounter<long>("paint.strokes").Add(3);
            loggers.CreateLogger("Painter").LogPainting("blue", 17);
        }

        var log = (await rig.GetAsync($"/api/telemetry/logs?resource={name}&level=warning&attribute=colour:blue"))["logs"]![0]!;
        Assert.Equal(("Painting blue for 17", traceId, "warning", "Painter"), ((string?)log["message"], (string?)log["traceId"], (string?)log["level"], (string?)log["category"]));
        var trace = await rig.GetAsync($"/api/telemetry/traces/{traceId}");
        var told = Assert.Single(trace["spans"]!.AsArray())!;
        Assert.Equal(("paint", "server", true, "out of blue"), ((string?)told["name"], (string?)told["kind"], (bool)told["isError"]!, (string?)told["statusMessage"]));
        Assert.Equal("mixed", (string?)told["events"]![0]!["name"]);
        Assert.Equal("Painting blue for 17", (string?)trace["logs"]![0]!["message"]);
        var found = await rig.GetAsync("/api/telemetry/find?id=job-17");
        Assert.Equal(("job_id", traceId), ((string?)found["names"]![0], (string?)found["traces"]![0]!["traceId"]));
        var instruments = (await rig.GetAsync("/api/telemetry/metrics")).AsArray().Where(i => (string?)i!["source"] == name).ToDictionary(i => (string)i!["name"]!, i => (string)i!["kind"]!);
        Assert.Equal(("histogram", "counter"), (instruments["paint.time"], instruments["paint.strokes"]));
        var chart = await rig.GetAsync($"/api/telemetry/metrics/chart?resource={name}&meter={name}&name=paint.time&by=brush");
        Assert.Equal(("fine", traceId), ((string?)chart["lines"]![0]!["name"], (string?)chart["exemplars"]![0]!["traceId"]));
    }

    [Fact]
    public async Task Gzipped_exports_are_read_and_what_is_none_is_refused()
    {
        await using var rig = await DashboardRig.StartAsync();
        var request = new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { new Ivg.Hosting.Telemetry.Otlp.Wire.LogRecord { Body = new AnyValue { StringValue = "zipped" } } } } } } } };
        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(request.ToByteArray());

        Assert.Equal(HttpStatusCode.OK, await PostAsync(rig, zipped.ToArray(), rig.Otlp.Key, "gzip"));
        Assert.Equal("zipped", (string?)(await rig.GetAsync("/api/telemetry/logs?text=zipp"))["logs"]![0]!["message"]);
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(rig, [0xFF, 0xFF, 0xFF], rig.Otlp.Key));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PostAsync(rig, [], rig.Otlp.Key, type: "application/json"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(rig, request.ToByteArray(), "guess"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(rig, request.ToByteArray(), null));
        Assert.Equal(1, rig.Store.Logs.Count);
    }

    [Fact]
    public async Task Bomb_of_zeros_is_refused_before_it_fills_the_memory()
    {
        await using var rig = await DashboardRig.StartAsync();
        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 64; i++)
                gzip.Write(new byte[1 << 20]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(rig, zipped.ToArray(), rig.Otlp.Key, "gzip"));
    }

    [Fact]
    public async Task Services_of_the_model_are_told_where_to_send()
    {
        await using var rig = await DashboardRig.StartAsync(builder =>
            builder.AddShell("service", "echo \"$OTEL_EXPORTER_OTLP_PROTOCOL $OTEL_EXPORTER_OTLP_ENDPOINT $OTEL_EXPORTER_OTLP_HEADERS\"; exec sleep 1000"));

        var line = await Until.TrueAsync(async () =>
            (await rig.Http.GetStringAsync(new Uri("/api/console/download?resource=service", UriKind.Relative))).Split(' ', 3) is { Length: 3 } parts ? parts[2].Trim() : null,
            TimeSpan.FromSeconds(30), "the line");
        Assert.Equal($"grpc {rig.Otlp.GrpcUrl} {OtlpAccess.Header}={rig.Otlp.Key}", line);
    }

    private static async Task<HttpStatusCode> PostAsync(DashboardRig rig, byte[] body, string? key, string? encoding = null, string type = "application/x-protobuf")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/logs") { Content = content };
        if (key is not null)
            request.Headers.Add(OtlpAccess.Header, key);
        using var response = await rig.Http.SendAsync(request);
        return response.StatusCode;
    }
}
