using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Ivg.GeminiEmulator;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Application;

/// <summary>Processes and servers die; no job and no image is lost.</summary>
[Collection("faults")]
public sealed class FaultTests(FaultApplication fixture)
{
    private readonly IvgApplication _app = fixture.App;

    [Fact]
    public async Task Killed_workers_job_runs_again_and_gives_one_result()
    {
        using var user = _app.NewUser();
        _app.Emulator.Script.Add(new ScriptStep { Behaviour = "ok", DelayMs = 4000, RequestId = "killed-1" });
        var job = await SubmitAsync(user, "killed-1");
        await RunningAsync(user, job);
        Process.GetProcessById(_app.ProcessIds("generate-worker")[0]).Kill();

        var done = await user.FinishAsync(job);
        Assert.Equal(("succeeded", 2), ((string?)done["status"], (int)done["attempt"]!));
        await AssertExactlyOneImageAsync(user, done);
    }

    [Fact]
    public async Task Stopped_workers_job_is_handed_back_without_counting_an_attempt()
    {
        using var user = _app.NewUser();
        _app.Emulator.Script.Add(new ScriptStep { Behaviour = "ok", DelayMs = 30_000, RequestId = "drained-1" });
        var job = await SubmitAsync(user, "drained-1");
        await RunningAsync(user, job);
        await _app.CommandAsync("generate-worker", "restart");

        var done = await user.FinishAsync(job);
        Assert.Equal(("succeeded", 1), ((string?)done["status"], (int)done["attempt"]!));
        await AssertExactlyOneImageAsync(user, done);
    }

    [Fact]
    public async Task Redis_restarted_in_the_middle_of_a_queue_loses_nothing()
    {
        using var user = _app.NewUser();
        var jobs = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => SubmitAsync(user, "redis-1")));
        await _app.CommandAsync("redis", "restart");
        var late = await SubmitAsync(user, "redis-2");

        foreach (var job in jobs.Append(late)) Assert.Equal("succeeded", (string?)(await user.FinishAsync(job))["status"]);
    }

    [Fact]
    public async Task Redis_emptied_with_a_full_queue_loses_nothing()
    {
        using var user = _app.NewUser();
        _app.Emulator.Script.Add(new ScriptStep { Behaviour = "ok", DelayMs = 1000, RequestId = "flush-1", Times = 20 });
        var jobs = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => SubmitAsync(user, "flush-1")));
        await using (var redis = await _app.ConnectRedisAsync())
            await redis.GetServers()[0].FlushAllDatabasesAsync();

        foreach (var job in jobs) Assert.Equal("succeeded", (string?)(await user.FinishAsync(job))["status"]);
    }

    [Fact]
    public async Task Redis_away_submits_are_accepted_and_run_when_it_is_back()
    {
        using var user = _app.NewUser();
        await _app.CommandAsync("redis", "stop");
        var job = await SubmitAsync(user, "away-1");
        await _app.CommandAsync("redis", "start");

        Assert.Equal("succeeded", (string?)(await user.FinishAsync(job))["status"]);
    }

    [Fact]
    public async Task Postgres_restarted_requests_fail_with_503_and_heal()
    {
        using var user = _app.NewUser();
        var before = await user.FinishAsync(await SubmitAsync(user, "postgres-1"));
        await _app.CommandAsync("postgres", "stop");
        using (var down = await user.Http.GetAsync("/api/history"))
        {
            await IvgClient.AssertProblemAsync(down, 503, "unavailable");
            Assert.NotNull(down.Headers.RetryAfter);
        }
        Assert.Equal(HttpStatusCode.OK, (await user.Http.GetAsync("/api/health")).StatusCode);
        await _app.CommandAsync("postgres", "start");
        await Until.TrueAsync(async () => (await user.Http.GetAsync("/api/ready")).IsSuccessStatusCode, IvgClient.Patience, "readiness");

        Assert.Single((await user.GetJsonAsync("/api/history"))["items"]!.AsArray());
        Assert.Equal("succeeded", (string?)(await user.FinishAsync(await SubmitAsync(user, "postgres-2")))["status"]);
        Assert.NotEmpty(await user.ImageAsync(before));
    }

    private static async Task<JsonObject> SubmitAsync(IvgClient user, string requestId)
    {
        using var response = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64), ("style_id", "ink-line")), ("X-Request-Id", requestId));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, body);
        return JsonNode.Parse(body)!.AsObject();
    }

    private static Task RunningAsync(IvgClient user, JsonObject job) => Until.TrueAsync(
        async () => (string?)(await user.GetJsonAsync($"/api/jobs/{job["job_id"]}"))["stage"] == "generating", IvgClient.Patience, "the job to run");

    private async Task AssertExactlyOneImageAsync(IvgClient user, JsonObject job)
    {
        await using var connection = await _app.Database.OpenConnectionAsync();
        var images = await connection.ExecuteScalarAsync<int>("select count(*)::int from image_assets where session_id = @SessionId and job_id = @jobId",
            new { user.SessionId, jobId = Guid.Parse((string)job["job_id"]!) });
        Assert.Equal(1, images);
    }
}
