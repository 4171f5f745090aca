using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Ivg.GeminiEmulator;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Queues;

/// <summary>The operator sees the queues and stops them.</summary>
[Collection("guarded")]
public sealed class QueuesTests(GuardedApplication guarded)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Queues_IdleSystem_ShowBothWithTheirWorkers()
    {
        using var user = guarded.NewUser();
        var queues = await Until.TrueAsync(async () =>
        {
            var items = (await user.GetJsonAsync("/api/queues"))["items"]!.AsArray();
            return items.All(queue => queue!["workers"]!.AsArray().Count == 1) ? items : null;
        }, Soon, "both workers to report");

        Assert.Equal(["ivg_generate", "ivg_bg"], queues.Select(queue => (string?)queue!["queue"]));
        foreach (var queue in queues)
        {
            Assert.Equal(
                ["queue", "paused", "depth", "running", "oldest_age_s", "per_minute", "failed_by_code", "workers"], queue!.AsObject().Select(member => member.Key));
            var worker = queue["workers"]![0]!.AsObject();
            Assert.Equal(["name", "running", "last_read_age_s"], worker.Select(member => member.Key));
            Assert.InRange((double)worker["last_read_age_s"]!, 0, 10);
        }
    }

    [Fact]
    public async Task Pause_JobSubmitted_WaitsUntilResume()
    {
        using var user = guarded.NewUser();
        var paused = await ChangeAsync(user, "ivg_generate", "pause");
        try
        {
            Assert.True((bool)paused["paused"]!);
            // The worker's report precedes its next look at the pause, so two reports after the pause it knows.
            await WaitForReportsAsync(2);
            var job = await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64));
            await WaitForReportsAsync(3);
            Assert.Equal("queued", (string?)(await user.GetJsonAsync($"/api/jobs/{job["job_id"]}"))["status"]);
            var view = await ViewAsync(user, "ivg_generate");
            Assert.Equal((true, 1, 0), ((bool)view["paused"]!, (int)view["depth"]!, (int)view["running"]!));
            Assert.True((double)view["oldest_age_s"]! > 0);

            await ChangeAsync(user, "ivg_generate", "resume");
            Assert.Equal("succeeded", (string?)(await user.FinishAsync(job))["status"]);
            view = await ViewAsync(user, "ivg_generate");
            Assert.Equal((false, 0), ((bool)view["paused"]!, (int)view["depth"]!));
            Assert.Null(view["oldest_age_s"]);
            Assert.True((int)view["per_minute"]! >= 1);
        }
        finally
        {
            await ChangeAsync(user, "ivg_generate", "resume");
        }
    }

    [Fact]
    public async Task Killed_worker_vanishes_and_its_successor_appears()
    {
        using var user = guarded.NewUser();
        var before = await Until.TrueAsync(async () => (string?)(await ViewAsync(user, "ivg_bg"))["workers"]!.AsArray().SingleOrDefault()?["name"], Soon, "the worker to report");
        Process.GetProcessById(guarded.App.ProcessIds("bg-worker")[0]).Kill();

        await Until.TrueAsync(async () => (await ViewAsync(user, "ivg_bg"))["workers"]!.AsArray().Select(worker => (string?)worker!["name"]).ToList() is [{ } name] && name != before,
            IvgClient.Patience, "only the successor to be left");
    }

    [Fact]
    public async Task Queues_FailedJob_AreCountedByCode()
    {
        using var user = guarded.NewUser();
        var before = Rejected(await ViewAsync(user, "ivg_generate"));
        var id = $"rejected-{Guid.NewGuid():N}";
        guarded.App.Emulator.Script.Add(new ScriptStep { Behaviour = "bad_request", RequestId = id });
        using var response = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64)), ("X-Request-Id", id));
        await user.FinishAsync(JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());

        Assert.Equal(before + 1, Rejected(await ViewAsync(user, "ivg_generate")));
    }

    [Fact]
    public async Task Requeue_command_tells_how_many_jobs_it_put_back()
    {
        using var user = guarded.NewUser();
        await ChangeAsync(user, "ivg_generate", "pause");
        try
        {
            await WaitForReportsAsync(2);
            var job = await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64));
            var id = Guid.Parse((string)job["job_id"]!);
            await using var database = await guarded.App.Database.OpenConnectionAsync();
            // As if a worker had taken it and died; sweepers of four processes race for it, so a round of the command may find nothing left to do.
            string? told;
            do
            {
                await database.ExecuteAsync("update jobs set status = 'running', lease_owner = 'gone', lease_until = now() - interval '1 second', crash_count = 0 where job_id = @id", new { id });
                told = await guarded.App.CommandAsync("api", "requeue-stuck");
            }
            while (told == "no job was stuck.");

            Assert.Matches(@"^[1-9]\d* requeued", told);
            await ChangeAsync(user, "ivg_generate", "resume");
            Assert.Equal("succeeded", (string?)(await user.FinishAsync(job))["status"]);
        }
        finally
        {
            await ChangeAsync(user, "ivg_generate", "resume");
        }
    }

    [Fact]
    public async Task Queues_WithoutAKey_Are401()
    {
        using var http = new HttpClient { BaseAddress = guarded.App.Address };
        await IvgClient.AssertProblemAsync(await http.GetAsync("/api/queues"), 401, "platform_key_required");
        await IvgClient.AssertProblemAsync(await http.PostAsync("/api/queues/ivg_bg/pause", null), 401, "platform_key_required");
        await IvgClient.AssertProblemAsync(await http.PostAsync("/api/queues/sweep", null), 401, "platform_key_required");
        http.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");
        await IvgClient.AssertProblemAsync(await http.GetAsync("/api/queues"), 401, "invalid_platform_key");
        http.DefaultRequestHeaders.Authorization = new("Bearer", GuardedApplication.PlatformKey);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/queues")).StatusCode);
    }

    [Fact]
    public async Task Pause_UnknownQueue_Is404()
    {
        using var user = guarded.NewUser();
        await IvgClient.AssertProblemAsync(await user.PostAsync("/api/queues/ivg_other/pause", null), 404, "not_found");
        await using var database = await guarded.App.Database.OpenConnectionAsync();
        Assert.Equal(2, await database.ExecuteScalarAsync<int>("select count(*)::int from queues"));
    }

    private static int Rejected(JsonObject view) => (int?)view["failed_by_code"]!["provider_rejected"] ?? 0;

    private static async Task<JsonObject> ChangeAsync(IvgClient user, string queue, string change)
    {
        using var response = await user.PostAsync($"/api/queues/{queue}/{change}", null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    private static async Task<JsonObject> ViewAsync(IvgClient user, string queue) =>
        (await user.GetJsonAsync("/api/queues"))["items"]!.AsArray().Single(item => (string?)item!["queue"] == queue)!.AsObject();

    private async Task WaitForReportsAsync(int count)
    {
        await using var database = await guarded.App.Database.OpenConnectionAsync();
        var from = await database.ExecuteScalarAsync<DateTime>("select now()");
        for (var i = 0; i < count; i++)
        {
            var since = from;
            await Until.TrueAsync(
                () => database.ExecuteScalarAsync<bool>("select exists (select from workers where queue = 'ivg_generate' and seen_at > @since)", new { since }), Soon, "a report");
            from = await database.ExecuteScalarAsync<DateTime>("select max(seen_at) from workers where queue = 'ivg_generate'");
        }
    }
}
