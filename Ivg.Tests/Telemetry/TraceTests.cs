using System.Text;
using System.Text.Json.Nodes;
using Ivg.GeminiEmulator;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Telemetry;

/// <summary>One search finds a job's whole life.</summary>
public sealed class TraceTests
{
    private const string Prompt = "a prompt that is nobody's business";

    [Fact]
    public async Task One_trace_runs_from_the_callers_request_to_the_providers_answer()
    {
        var app = await SharedApplication.GetAsync();
        await using var servers = await OwnServers.CreateAsync();
        await using var otlp = await OtlpReceiver.StartAsync();
        var settings = servers.Settings(("GEMINI_API_KEY", "secret-key-of-the-trace"), ("GEMINI_BASE_URL", app.Emulator.BaseUrl), ("IMAGE_PROVIDER", "nano_banana"),
            ("GEMINI_RETRIES", "1"), ("GEMINI_RETRY_DELAY", "0.01"), ("JOB_BACKOFF_SECONDS", "0.05"));
        var (api, address) = await ServiceProcess.StartListeningAsync("Ivg.Api", [.. settings, .. otlp.Settings("api")]);
        await using var _ = api;
        var (worker, __) = await ServiceProcess.StartListeningAsync("Ivg.GenerateWorker", [.. settings, .. otlp.Settings("generate-worker")]);
        await using var ___ = worker;
        using var user = new IvgClient(address, $"anna-{Guid.NewGuid():N}");
        var (requestId, trace) = ($"trace-{Guid.NewGuid():N}", $"{Guid.NewGuid():N}");
        // The first attempt fails in every try, so that the worker has something to say.
        app.Emulator.Script.Add(new ScriptStep { Behaviour = "overloaded", RequestId = requestId, Times = 2 });
        using var response = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64), ("prompt", Prompt)),
            ("X-Request-Id", requestId), ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));
        var job = await user.FinishAsync(JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
        Assert.Equal(("succeeded", 2), ((string?)job["status"], (int)job["attempt"]!));
        var jobId = (string)job["job_id"]!;

        var spans = await Until.TrueAsync(() => Task.FromResult(
            otlp.Spans.Where(span => span.TraceId == trace).ToList() is var so && Attempts(so).Count == 2 ? so : null),
            IvgClient.Patience, "both attempts' spans");
        var request = Assert.Single(spans, span => span is { Service: "api", ParentId: "00f067aa0ba902b7" });
        var publishes = spans.Where(span => span.Name == "publish ivg_generate").ToList();
        // An entry that took too long to write is written again, so there may be more of them than attempts.
        Assert.True(publishes.Count >= 2, $"{publishes.Count}");
        // Through the stream's entries: each attempt hangs on the span that wrote its entry, and those on the request.
        Assert.All(publishes, span => Assert.Equal(request.SpanId, span.ParentId));
        var attempts = Attempts(spans);
        Assert.All(attempts, attempt => Assert.Contains(publishes, span => span.SpanId == attempt.ParentId));
        var calls = Calls(spans);
        Assert.All(calls, call => Assert.Contains(attempts, attempt => attempt.SpanId == call.ParentId));
        Assert.Contains(spans, span => span.Service == "generate-worker" && span.Name == "POST" && calls.Any(call => call.SpanId == span.ParentId));

        (string, string)[] ids = [("request_id", requestId), ("job_id", jobId), ("user_id", user.SessionId)];
        Assert.All(publishes.Prepend(request), span => AssertNames(span, ids));
        // The worker did nothing else, so nothing of it may be without the three.
        await Until.TrueAsync(() => Task.FromResult(otlp.Lines.Any(line => line.Name.StartsWith("Attempt 1", StringComparison.Ordinal))), IvgClient.Patience, "the worker's line");
        Assert.All(otlp.Spans.Where(span => span.Service == "generate-worker"), span => AssertNames(span, ids));
        Assert.All(otlp.Spans.Where(span => span.Service == "generate-worker"), span => Assert.Equal(trace, span.TraceId));
        Assert.All(otlp.Lines.Where(line => line is { Service: "generate-worker" } && line.TraceId == trace), line => AssertNames(line, ids));
        // The API's know the request and the caller before there is a job.
        Assert.All(otlp.Lines.Where(line => line.TraceId == trace), line => AssertNames(line, ids[..1]));
        Assert.All(spans, span => AssertNames(span, [ids[0], ids[2]]));

        // Whoever reads the stream, in a trace of their own, is pointed to this one.
        await ServerSentEvents.ReadAsync(user.Http, $"/api/jobs/{jobId}/stream");
        await Until.TrueAsync(() => Task.FromResult(otlp.Spans.Any(span => span.Links.Contains(trace) && span.Has("job_id", jobId))), IvgClient.Patience, "the link");

        foreach (var metric in new[]
        {
            "ivg.jobs.outstanding", "ivg.jobs.oldest_queued_age", "ivg.jobs.queue_time", "ivg.jobs.run_time", "ivg.jobs.finished", "ivg.provider.calls",
            "ivg.provider.tokens", "ivg.redis.memory", "ivg.streams.open",
        })
        {
            await Until.TrueAsync(() => Task.FromResult(otlp.Metrics.ContainsKey(metric)), IvgClient.Patience, metric);
        }
        foreach (var secret in new[] { Prompt, "secret-key-of-the-trace" })
            Assert.All(otlp.Raw, bytes => Assert.False(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0, $"It says: {secret}"));
    }

    [Fact]
    public async Task Requests_lines_name_caller_and_job_even_where_it_fails()
    {
        await using var servers = await OwnServers.CreateAsync();
        await using var otlp = await OtlpReceiver.StartAsync();
        var (api, address) = await ServiceProcess.StartListeningAsync("Ivg.Api", [.. servers.Settings(), .. otlp.Settings("api")]);
        await using var _ = api;
        using var user = new IvgClient(address, "anna");
        await using (var database = servers.Database.CreateCommand("alter table jobs rename to jobs_gone"))
            await database.ExecuteNonQueryAsync();
        var (requestId, jobId) = ($"failing-{Guid.NewGuid():N}", Guid.CreateVersion7().ToString());
        using var message = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{jobId}") { Headers = { { "X-Request-Id", requestId } } };
        using var response = await user.Http.SendAsync(message);
        await IvgClient.AssertProblemAsync(response, 500, "internal");

        var line = await Until.TrueAsync(() => Task.FromResult(otlp.Lines.FirstOrDefault(line => line.Name.StartsWith("A request failed", StringComparison.Ordinal))), IvgClient.Patience, "the line");
        AssertNames(line, [("request_id", requestId), ("job_id", jobId), ("user_id", user.SessionId)]);
    }

    private static List<Telemetered> Calls(IReadOnlyList<Telemetered> spans) =>
        [.. spans.Where(span => span.Name.StartsWith("generate_content", StringComparison.Ordinal))];

    private static List<Telemetered> Attempts(IReadOnlyList<Telemetered> spans) =>
        [.. spans.Where(span => span.Name == "process ivg_generate" && Calls(spans).Exists(call => call.ParentId == span.SpanId))];

    private static void AssertNames(Telemetered one, (string Name, string Value)[] ids) =>
        Assert.All(ids, id => Assert.True(one.Has(id.Name, id.Value), $"{id.Name} is missing: {one}"));
}
