using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Ivg.GeminiEmulator;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Application;

/// <summary>What callers may rely on about jobs: keys, limits, fairness, lists.</summary>
public sealed class JobRulesTests
{
    private static readonly byte[] Picture = TestPictures.Png(48, 48);

    [Fact]
    public async Task Fifty_identical_submits_at_once_make_one_job()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var response = await user.PostAsync("/api/variations", IvgClient.Form(Picture, ("prompt", "once")), ("Idempotency-Key", "key-1"));
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["job_id"]!;
        }));

        Assert.Single(answers.Distinct());
        await using var connection = await app.Database.OpenConnectionAsync();
        Assert.Equal((1, 1), await connection.QuerySingleAsync<(int, int)>("""
            select (select count(*)::int from jobs where session_id = @SessionId), (select count(*)::int from image_assets where session_id = @SessionId and job_id is null)
            """, new { user.SessionId }));
    }

    [Fact]
    public async Task Idempotency_AnotherBody_Is409()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var first = await user.PostAsync("/api/variations", IvgClient.Form(Picture, ("prompt", "one")), ("Idempotency-Key", "key-2"));
        using var second = await user.PostAsync("/api/variations", IvgClient.Form(Picture, ("prompt", "two")), ("Idempotency-Key", "key-2"));

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        await IvgClient.AssertProblemAsync(second, 409, "idempotency_mismatch");
    }

    [Theory]
    [InlineData("/api/variations")]
    [InlineData("/api/remove-background")]
    public async Task Idempotency_SourceIsGone_RepeatIsAnsweredWithTheFirstJob(string path)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var source = (string)(await user.SubmitAsync("/api/variations", Picture))["request"]!["image_id"]!;
        using var first = await user.PostAsync(path, IvgClient.Form(null, ("image_id", source)), ("Idempotency-Key", "key-3"));
        using var deleted = await user.Http.DeleteAsync($"/api/images/{source}");
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.NoContent), (first.StatusCode, deleted.StatusCode));

        using var again = await user.PostAsync(path, IvgClient.Form(null, ("image_id", source)), ("Idempotency-Key", "key-3"));
        Assert.Equal((first.StatusCode, first.Headers.Location), (again.StatusCode, again.Headers.Location));
        Assert.Equal(await JobIdAsync(first), await JobIdAsync(again));
        using var other = await user.PostAsync(path, IvgClient.Form(null, ("image_id", source), ("callback_url", "x")), ("Idempotency-Key", "key-3"));
        await IvgClient.AssertProblemAsync(other, 409, "idempotency_mismatch");
        using var withoutKey = await user.PostAsync(path, IvgClient.Form(null, ("image_id", source)));
        await IvgClient.AssertProblemAsync(withoutKey, 404, "image_not_found");
    }

    [Fact]
    public async Task Crowded_sessions_jobs_wait_their_turn_outside_the_stream()
    {
        var app = await SharedApplication.GetAsync();
        using var crowd = app.NewUser();
        using var guest = app.NewUser();
        Slow(app, "crowd-1", 700, times: 100);
        var jobs = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => SubmitAsync(crowd, "crowd-1")));
        await using var connection = await app.Database.OpenConnectionAsync();
        var inWindow = await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from jobs where session_id = @SessionId and status in ('queued', 'running') and (status = 'running' or ready_at is not null)", new { crowd.SessionId });
        var late = await guest.FinishAsync(await SubmitAsync(guest, "guest-1"));
        var waiting = await connection.ExecuteScalarAsync<int>("select count(*)::int from jobs where session_id = @SessionId and status <> 'succeeded'", new { crowd.SessionId });

        Assert.InRange(inWindow, 1, 4);
        Assert.Equal("succeeded", (string?)late["status"]);
        Assert.True(waiting > 0, "The guest waited for the whole crowd.");
        foreach (var job in jobs) Assert.Equal("succeeded", (string?)(await crowd.FinishAsync(job))["status"]);
    }

    [Fact]
    public async Task List_Pages_GiveEachJobOnce()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var submitted = new List<string>();
        for (var i = 0; i < 5; i++) submitted.Add((string)(await user.FinishAsync(await SubmitAsync(user, $"list-{i}")))["job_id"]!);
        var (listed, cursor) = (new List<string>(), "");
        do
        {
            var page = await user.GetJsonAsync($"/api/jobs?limit=2&status=succeeded&kind=variation{cursor}");
            listed.AddRange(page["items"]!.AsArray().Select(job => (string)job!["job_id"]!));
            cursor = (string?)page["next_cursor"] is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);

        Assert.Equal(submitted.AsEnumerable().Reverse(), listed);
    }

    [Fact]
    public async Task Stream_ComesBackInTheMiddle_HasNoGapAndNoRepeat()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var job = await user.FinishAsync(await SubmitAsync(user, "resume-1"));
        var path = $"/api/jobs/{job["job_id"]}/stream";
        var all = await ServerSentEvents.ReadAsync(user.Http, path, lastEventId: 1);
        var rest = await ServerSentEvents.ReadAsync(user.Http, path, all[0].Id);
        using var over = new HttpRequestMessage(HttpMethod.Get, path);
        over.Headers.Add("Last-Event-ID", all[^1].Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(all.Skip(1).Select(one => one.Id), rest.Select(one => one.Id));
        Assert.Equal(HttpStatusCode.NoContent, (await user.Http.SendAsync(over)).StatusCode);
    }

    private static async Task<string?> JobIdAsync(HttpResponseMessage response) => (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["job_id"];

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
