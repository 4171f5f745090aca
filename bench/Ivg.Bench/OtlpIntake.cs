using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Google.Protobuf;
using Ivg.Hosting.Telemetry.Otlp;
using Ivg.Hosting.Telemetry.Otlp.Wire;

namespace Ivg.Bench;

/// <summary>Sends spans as an exporter batches them, 512 a request, and reads what processor time they cost the host that takes them.</summary>
internal static class OtlpIntake
{
    private const int Batch = 512;
    private const int SpansATrace = 14;

    public static async Task RunAsync(int spans, Uri address, string key, int processId)
    {
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add(OtlpAccess.Header, key);
        var batches = Enumerable.Range(0, 64).Select(_ => Make().ToByteArray()).ToArray();
        var isGrpc = !await IsHttpAsync(http, batches[0]);
        for (var i = 0; i < 50; i++)
            await SendAsync(http, batches[i % batches.Length], isGrpc);

        using var host = Process.GetProcessById(processId);
        var (before, clock) = (host.TotalProcessorTime, Stopwatch.StartNew());
        var requests = spans / Batch;
        for (var i = 0; i < requests; i++)
            await SendAsync(http, batches[i % batches.Length], isGrpc);
        host.Refresh();
        var spent = host.TotalProcessorTime - before;
        var sent = requests * Batch;
        Console.WriteLine(
            $"{sent} spans of {batches[0].Length / Batch} bytes over {(isGrpc ? "gRPC" : "HTTP")}: {sent / spent.TotalSeconds:0} a second of processor time, " +
            $"{sent / clock.Elapsed.TotalSeconds:0} a second of the clock; the host holds {host.WorkingSet64 >> 20} MiB");
    }

    private static async Task<bool> IsHttpAsync(HttpClient http, byte[] batch)
    {
        try
        {
            await SendAsync(http, batch, isGrpc: false);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task SendAsync(HttpClient http, byte[] batch, bool isGrpc)
    {
        var path = isGrpc ? "/opentelemetry.proto.collector.trace.v1.TraceService/Export" : "/v1/traces";
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(isGrpc ? Framed(batch) : batch) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(isGrpc ? "application/grpc" : "application/x-protobuf");
        if (isGrpc)
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
            request.Headers.TE.Add(new("trailers"));
        }

        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        if (isGrpc && answer.TrailingHeaders.GetValues("grpc-status").Single() != "0")
            throw new InvalidOperationException("The export was refused.");
    }

    private static byte[] Framed(byte[] message)
    {
        var framed = new byte[message.Length + 5];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, 5);
        return framed;
    }

    private static ExportTraceServiceRequest Make()
    {
        var scope = new ScopeSpans { Scope = new Scope { Name = "Npgsql" } };
        var now = (ulong)(TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        var trace = ByteString.Empty;
        for (var i = 0; i < Batch; i++)
        {
            if (i % SpansATrace == 0)
                trace = Bytes(16);
            var span = new Span { TraceId = trace, SpanId = Bytes(8), ParentSpanId = Bytes(8), Name = "postgresql", Kind = 3, StartTimeUnixNano = now, EndTimeUnixNano = now + 3_000_000 };
            foreach (var (name, value) in new[]
            {
                ("db.system.name", "postgresql"), ("db.namespace", "ivgdb"), ("server.address", "localhost"), ("db.query.text", "select * from jobs where job_id = $1"),
                ("request_id", Guid.NewGuid().ToString("N")), ("job_id", Guid.NewGuid().ToString()), ("user_id", "default:anna"), ("network.peer.address", "127.0.0.1"),
            })
                span.Attributes.Add(new KeyValue { Key = name, Value = new AnyValue { StringValue = value } });
            scope.Spans.Add(span);
        }

        var service = new KeyValue { Key = "service.name", Value = new AnyValue { StringValue = "bench" } };
        return new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { Resource = new Resource { Attributes = { service } }, ScopeSpans = { scope } } } };
    }

    private static ByteString Bytes(int count) => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(count));
}
