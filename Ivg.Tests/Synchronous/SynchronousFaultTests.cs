using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Ivg.GeminiEmulator;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Synchronous;

/// <summary>Cancels, limits, faults and ends of the process while requests do the work themselves.</summary>
public sealed class SynchronousFaultTests
{
    [Fact]
    public async Task Cancel_WhileTheRequestWorks_EndsItAtOnce()
    {
        await using var servers = await OwnServers.CreateAsync();
        await using var api = await SynchronousApi.StartWithEmulatorAsync(servers);
        using var user = api.NewUser();
        var (submit, job) = await BeginAsync(api, user, 60_000);
        var clock = Stopwatch.StartNew();
        using var cancel = await user.PostAsync($"/api/jobs/{job}/cancel", null);
        using var answer = await submit;

        Assert.Equal(HttpStatusCode.Accepted, cancel.StatusCode);
        // A heartbeat, which hears of it in any case, is ten seconds.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"It took {clock.Elapsed}.");
        Assert.Equal((HttpStatusCode.OK, "cancelled"), (answer.StatusCode, (string?)(await ReadAsync(answer))["status"]));
    }

    [Fact]
    public async Task Faults_OfTheProvider_AreRetriedAndNamedAsEver()
    {
        await using var servers = await OwnServers.CreateAsync();
        await using var api = await SynchronousApi.StartWithEmulatorAsync(servers);
        using var user = api.NewUser();
        var rejected = await FinishAsync(user, "bad_request", 1);
        Assert.Equal(("failed", 1, "provider_rejected"), ((string?)rejected["status"], (int)rejected["attempt"]!, (string?)rejected["error"]!["code"]));

        var retried = await FinishAsync(user, "overloaded", 4);
        Assert.Equal("succeeded", (string?)retried["status"]);
        Assert.True((int)retried["attempt"]! > 1);
    }

    [Fact]
    public async Task Sessions_requests_wait_for_their_turn()
    {
        await using var servers = await OwnServers.CreateAsync();
        await using var api = await SynchronousApi.StartWithEmulatorAsync(servers, ("MAX_CONCURRENT_PER_USER", "1"));
        using var user = api.NewUser();
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            using var response = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64)));
            return (string?)(await ReadAsync(response))["status"];
        }));

        Assert.All(answers, status => Assert.Equal("succeeded", status));
        await using var connection = await servers.Database.OpenConnectionAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from jobs a join jobs b on a.job_id < b.job_id and a.started_at < b.finished_at and b.started_at < a.finished_at"));
    }

    [Fact]
    public async Task Submits_of_many_sessions_run_in_as_many_places_as_there_are_and_the_rest_is_503_without_a_job()
    {
        await using var servers = await OwnServers.CreateAsync();
        await using var api = await SynchronousApi.StartWithEmulatorAsync(servers, ("WORKER_AUTOSCALE_MAX", "2"));
        using var first = api.NewUser();
        using var second = api.NewUser();
        var (held, other) = (await BeginAsync(api, first, 60_000), await BeginAsync(api, second, 60_000));
        using var user = api.NewUser();
        using var refused = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64)), ("Idempotency-Key", "one"));
        await IvgClient.AssertProblemAsync(refused, 503, "unavailable");
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Empty((await user.GetJsonAsync("/api/jobs"))["items"]!.AsArray());
        // Another kind has places of its own.
        using var removal = await user.PostAsync("/api/remove-background", IvgClient.Form(BackgroundRemoval.Drawn.Png(BackgroundRemoval.Drawn.Ball(200, 150))));
        Assert.Equal(HttpStatusCode.OK, removal.StatusCode);

        // Both places come free, and a crowd that comes then is served in turn.
        foreach (var (_, job) in new[] { held, other }) using (await (job == held.Job ? first : second).PostAsync($"/api/jobs/{job}/cancel", null)) { }
        foreach (var (submit, _) in new[] { held, other }) using (await submit) { }
        var crowd = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var one = api.NewUser();
            using var answer = await one.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64)), ("Idempotency-Key", "one"));
            return (string?)(await ReadAsync(answer))["status"];
        }));
        Assert.All(crowd, status => Assert.Equal("succeeded", status));
        await using var connection = await servers.Database.OpenConnectionAsync();
        // Those that ran when each one started, itself included.
        Assert.InRange(await connection.ExecuteScalarAsync<int>("""
            select max(beside) from (select (select count(*)::int from jobs b where b.kind = 'variation' and b.started_at <= a.started_at and b.finished_at > a.started_at) as beside
              from jobs a where a.kind = 'variation') each
            """), 1, 2);
    }

    [Fact]
    public async Task Stopped_process_hands_the_job_back_uncounted_and_the_next_one_finishes_it()
    {
        await using var servers = await OwnServers.CreateAsync();
        await using var api = await SynchronousApi.StartWithEmulatorAsync(servers, ("WORKER_GRACE_SECONDS", "0.2"));
        using var user = api.NewUser();
        var (submit, job) = await BeginAsync(api, user, 60_000);
        api.Process.RequestStop();
        using var answer = await submit;
        Assert.Equal((HttpStatusCode.Accepted, "queued"), (answer.StatusCode, (string?)(await ReadAsync(answer))["status"]));
        Assert.Equal(0, await api.Process.ExitAsync());

        var done = await FinishElsewhereAsync(servers, user, job);
        Assert.Equal(("succeeded", 1), ((string?)done["status"], (int)done["attempt"]!));
    }

    [Fact]
    public async Task Killed_processes_job_is_finished_by_the_next_one()
    {
        await using var servers = await OwnServers.CreateAsync();
        await using var api = await SynchronousApi.StartWithEmulatorAsync(servers, ("JOB_LEASE_SECONDS", "2"));
        using var user = api.NewUser();
        var (submit, job) = await BeginAsync(api, user, 60_000);
        api.Process.Kill();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => submit);

        var done = await FinishElsewhereAsync(servers, user, job);
        Assert.Equal(("succeeded", 2), ((string?)done["status"], (int)done["attempt"]!));
    }

    // The caller does not see its job before the answer, but the list has it.
    private static async Task<(Task<HttpResponseMessage> Submit, string Job)> BeginAsync(SynchronousApi api, IvgClient user, int milliseconds)
    {
        var id = await ScriptAsync("ok", 1, milliseconds);
        var submit = user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64)), ("X-Request-Id", id));
        var job = await Until.TrueAsync(async () =>
            (await user.GetJsonAsync("/api/jobs?status=running"))["items"]!.AsArray() is [{ } one] && (string?)one["stage"] == "generating" ? (string?)one["job_id"] : null,
            IvgClient.Patience, $"the request to work: {api.Process.Output}");
        return (submit, job);
    }

    private static async Task<JsonObject> FinishAsync(IvgClient user, string behaviour, int times)
    {
        var id = await ScriptAsync(behaviour, times, 0);
        using var response = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64)), ("X-Request-Id", id));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ReadAsync(response);
    }

    private static async Task<string> ScriptAsync(string behaviour, int times, int milliseconds)
    {
        var (app, id) = (await SharedApplication.GetAsync(), $"sync-{Guid.NewGuid():N}");
        app.Emulator.Script.Add(new ScriptStep { Behaviour = behaviour, DelayMs = milliseconds, RequestId = id, Times = times });
        return id;
    }

    private static async Task<JsonObject> FinishElsewhereAsync(OwnServers servers, IvgClient user, string job)
    {
        await using var next = await SynchronousApi.StartWithEmulatorAsync(servers, ("JOB_LEASE_SECONDS", "2"));
        using var again = new IvgClient(next.Address, user.UserId);
        return await again.FinishAsync(await again.GetJsonAsync($"/api/jobs/{job}"));
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
}
