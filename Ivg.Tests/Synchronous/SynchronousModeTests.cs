using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Ivg.Core.Images;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Synchronous;

/// <summary>With tasks that are not asynchronous one process and one database are enough, and everything else is as ever.</summary>
public sealed class SynchronousModeTests(OfflineApi fixture) : IClassFixture<OfflineApi>
{
    private readonly SynchronousApi _api = fixture.Api;

    [Fact]
    public async Task Submit_Variation_Is200WithTheFinishedJobAndTheSameRowsAsEver()
    {
        using var user = _api.NewUser();
        var job = await SubmitAsync(user, "/api/variations", TestPictures.Png(160, 120), ("style_id", "ink-line"), ("prompt", "with snow"));

        Assert.Equal(("succeeded", 100, "offline"), ((string?)job["status"], (int)job["progress"]!, (string?)job["result"]!["provider"]));
        Assert.Equal(job, await user.GetJsonAsync($"/api/jobs/{job["job_id"]}"), JsonNode.DeepEquals);
        Assert.Equal(ImageFormat.Png, Pictures.Identify(await user.ImageAsync(job)).Format);
        Assert.Equal((string?)job["job_id"], (string?)(await user.GetJsonAsync("/api/history"))["items"]![0]!["job_id"]);
        await using var connection = await _api.Servers.Database.OpenConnectionAsync();
        var id = new { JobId = Guid.Parse((string)job["job_id"]!) };
        Assert.Equal(("succeeded", 1, 1L, true), await connection.QuerySingleAsync<(string, int, long, bool)>(
            "select status, attempt, fence, stream_id is null and lease_until is null from jobs where job_id = @JobId", id));
        var events = (await connection.QueryAsync<string>("select type from job_events where job_id = @JobId order by job_version", id)).ToList();
        Assert.Equal(("queued", "running", "succeeded"), (events[0], events[1], events[^1]));
    }

    [Fact]
    public async Task Submit_BackgroundRemoval_Is200WithTheCutout()
    {
        using var user = _api.NewUser();
        var job = await SubmitAsync(user, "/api/remove-background", BackgroundRemoval.Drawn.Png(BackgroundRemoval.Drawn.Ball(200, 150)));

        Assert.Equal(("succeeded", "onnx"), ((string?)job["status"], (string?)job["result"]!["provider"]));
        Assert.True(Pictures.Decode(await user.ImageAsync(job)).HasAlpha);
    }

    [Fact]
    public async Task Stream_FinishedJob_GivesItsEndAndEnds()
    {
        using var user = _api.NewUser();
        var job = await SubmitAsync(user, "/api/variations", TestPictures.Png(64, 64));
        var path = $"/api/jobs/{job["job_id"]}/stream";
        var last = Assert.Single(await ServerSentEvents.ReadAsync(user.Http, path));

        Assert.Equal("succeeded", last.Type);
        Assert.Equal(job, last.Data, JsonNode.DeepEquals);
        var all = await ServerSentEvents.ReadAsync(user.Http, path, lastEventId: 1);
        Assert.Equal(("running", "succeeded"), (all[0].Type, all[^1].Type));
        using var over = new HttpRequestMessage(HttpMethod.Get, path);
        over.Headers.Add("Last-Event-ID", last.Id.ToString(provider: null));
        Assert.Equal(HttpStatusCode.NoContent, (await user.Http.SendAsync(over)).StatusCode);
    }

    [Fact]
    public async Task Idempotency_StyleWasRemoved_RepeatIsAnsweredWithTheFirstJob()
    {
        using var user = _api.NewUser();
        var picture = TestPictures.Png(64, 64);
        async Task<HttpResponseMessage> AskAsync() => await user.PostAsync("/api/variations", IvgClient.Form(picture, ("style_id", "ink-line")), ("Idempotency-Key", "styled"));
        using var first = await AskAsync();
        await using var connection = await _api.Servers.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("update styles set removed_at = now() where style_id = 'ink-line'");
        await using var back = new Faults.Afterwards(() => connection.ExecuteAsync("update styles set removed_at = null where style_id = 'ink-line'"));

        using var again = await AskAsync();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Idempotency_SameKeyTwiceAtOnce_IsOneJobAndBothGetItsEnd()
    {
        using var user = _api.NewUser();
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            using var response = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64)), ("Idempotency-Key", "once"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        }));

        Assert.Equal("succeeded", (string?)answers[0]["status"]);
        Assert.Equal(answers[0], answers[1], JsonNode.DeepEquals);
    }

    [Fact]
    public async Task Cancel_FinishedJob_Is409()
    {
        using var user = _api.NewUser();
        var job = await SubmitAsync(user, "/api/variations", TestPictures.Png(64, 64));
        using var cancel = await user.PostAsync($"/api/jobs/{job["job_id"]}/cancel", null);
        await IvgClient.AssertProblemAsync(cancel, 409, "job_finished");
    }

    [Fact]
    public async Task Ready_WithoutRedis_Is200AndSaysNothingOfIt()
    {
        using var user = _api.NewUser();
        using var response = await user.Http.GetAsync("/api/ready");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var checks = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["checks"]!.AsObject();
        Assert.Equal(("ok", "ok"), ((string?)checks["postgres"]!["status"], (string?)checks["schema"]!["status"]));
        Assert.False(checks.ContainsKey("redis"));
        Assert.Equal(HttpStatusCode.OK, (await user.Http.GetAsync("/api/queues")).StatusCode);
        Assert.DoesNotContain("left to the sweeper", _api.Process.Output);
    }

    private static async Task<JsonObject> SubmitAsync(IvgClient user, string path, byte[] image, params (string, string)[] fields)
    {
        using var response = await user.PostAsync(path, IvgClient.Form(image, fields));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode}: {body}");
        var job = JsonNode.Parse(body)!.AsObject();
        Assert.Equal($"/api/jobs/{job["job_id"]}", response.Headers.Location?.ToString());
        return job;
    }
}
