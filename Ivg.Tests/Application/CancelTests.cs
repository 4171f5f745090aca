using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Ivg.GeminiEmulator;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Application;

/// <summary>Cancelling jobs, whatever they are doing.</summary>
public sealed class CancelTests
{
    private static readonly byte[] Picture = TestPictures.Png(48, 48);

    [Fact]
    public async Task Cancel_Running_StopsItAndKeepsNothing()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        Slow(app, "cancel-1", 20_000, times: 1);
        var job = await SubmitAsync(user, "cancel-1");
        await Until.TrueAsync(async () => (string?)(await user.GetJsonAsync($"/api/jobs/{job["job_id"]}"))["stage"] == "generating", IvgClient.Patience, "the job to run");
        using var cancel = await user.PostAsync($"/api/jobs/{job["job_id"]}/cancel", null);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var done = await user.FinishAsync(job);

        Assert.Equal(HttpStatusCode.Accepted, cancel.StatusCode);
        Assert.Equal("cancelled", (string?)done["status"]);
        Assert.Null(done["result"]);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"It took {clock.Elapsed}.");
        using var again = await user.PostAsync($"/api/jobs/{job["job_id"]}/cancel", null);
        await IvgClient.AssertProblemAsync(again, 409, "job_finished");
    }

    [Fact]
    public async Task Cancel_Queued_EndsItAtOnceAndReleasesTheNext()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        Slow(app, "cancel-2", 1500, times: 4);
        var jobs = new List<JsonObject>();
        for (var i = 0; i < 6; i++) jobs.Add(await SubmitAsync(user, "cancel-2"));
        using var cancel = await user.PostAsync($"/api/jobs/{jobs[5]["job_id"]}/cancel", null);

        Assert.Equal("cancelled", (string?)JsonNode.Parse(await cancel.Content.ReadAsStringAsync())!["status"]);
        foreach (var job in jobs.Take(5)) Assert.Equal("succeeded", (string?)(await user.FinishAsync(job))["status"]);
    }

    [Fact]
    public async Task Cancel_SomebodyElses_Is404()
    {
        var app = await SharedApplication.GetAsync();
        using var owner = app.NewUser();
        using var other = app.NewUser();
        var job = await SubmitAsync(owner, "mine-1");
        using var cancel = await other.PostAsync($"/api/jobs/{job["job_id"]}/cancel", null);

        await IvgClient.AssertProblemAsync(cancel, 404, "job_not_found");
    }

    [Fact]
    public async Task Cancel_that_races_with_the_finish_has_one_outcome_and_both_sides_see_it()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var outcomes = new List<string>();
        var (round, wait) = (0, TimeSpan.FromMilliseconds(80));
        // Each outcome moves the cancel towards the other one, so that most of them come with the finish.
        while (round < 25 || (outcomes.Distinct().Count() < 2 && round < 100))
        {
            round++;
            var job = await SubmitAsync(user, $"race-{round}");
            var stream = ServerSentEvents.ReadAsync(user.Http, (string)job["links"]!["stream"]!);
            await Task.Delay(wait);
            using var cancel = await user.PostAsync($"/api/jobs/{job["job_id"]}/cancel", null);
            var done = await user.FinishAsync(job);
            var status = (string)done["status"]!;

            Assert.Equal(cancel.StatusCode == HttpStatusCode.Accepted ? "cancelled" : "succeeded", status);
            Assert.Equal(status, Assert.Single(await stream, one => one.Type is "succeeded" or "failed" or "cancelled").Type);
            Assert.Equal(status == "succeeded" ? 1 : 0, await ImagesAsync(app, job));
            outcomes.Add(status);
            wait *= status == "cancelled" ? 1.2 : 0.8;
        }
        Assert.Equal(["cancelled", "succeeded"], outcomes.Distinct().Order());
    }

    private static async Task<int> ImagesAsync(IvgApplication app, JsonObject job)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>("select count(*)::int from image_assets where job_id = @JobId", new { JobId = Guid.Parse((string)job["job_id"]!) });
    }

    private static void Slow(IvgApplication app, string requestId, int milliseconds, int times) =>
        app.Emulator.Script.Add(new ScriptStep { Behaviour = "ok", DelayMs = milliseconds, RequestId = requestId, Times = times });

    private static async Task<JsonObject> SubmitAsync(IvgClient user, string requestId)
    {
        using var response = await user.PostAsync("/api/variations", IvgClient.Form(Picture), ("X-Request-Id", requestId));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, body);
        return JsonNode.Parse(body)!.AsObject();
    }
}
