using System.Net;
using System.Text.Json.Nodes;
using Ivg.Tests.Application;
using Ivg.Tests.Faults;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Erasure;

/// <summary>What is deleted is gone when the answer comes, and nothing else is.</summary>
public sealed class DeletionTests
{
    private static readonly byte[] Picture = TestPictures.Png(300, 200);

    [Fact]
    public async Task Image_Deleted_IsGoneInEveryFormAndHistoryKeepsItsRow()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var url = (string)(await MakeAsync(user))["result"]!["url"]!;
        await user.Http.GetByteArrayAsync(url + "?width=64");
        using var deleted = await user.Http.DeleteAsync(url);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        foreach (var form in new[] { "", "?width=64", "?width=100", "?download=1" })
            await IvgClient.AssertProblemAsync(await user.Http.GetAsync(url + form), 404, "image_not_found");
        using var head = await user.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        var row = Assert.Single((await user.GetJsonAsync("/api/history"))["items"]!.AsArray())!;
        Assert.Empty(row["images"]!.AsArray());
        Assert.NotNull(row["source"]);
        await IvgClient.AssertProblemAsync(await user.Http.DeleteAsync(url), 404, "image_not_found");
    }

    [Theory]
    [InlineData("/api/images/17", "image_not_found")]
    [InlineData("/api/images/01a20598-821e-7d63-b54c-696099b7e0ab", "image_not_found")]
    [InlineData("/api/history/17", "not_found")]
    [InlineData("/api/history/01a20598-821e-7d63-b54c-696099b7e0ab", "not_found")]
    public async Task Delete_OfWhatIsNotThere_Is404(string path, string code)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        await IvgClient.AssertProblemAsync(await user.Http.DeleteAsync(path), 404, code);
    }

    [Fact]
    public async Task Delete_OfSomebodyElses_Is404AndDoesNothing()
    {
        var app = await SharedApplication.GetAsync();
        using var owner = app.NewUser();
        using var other = app.NewUser();
        var url = (string)(await MakeAsync(owner))["result"]!["url"]!;
        var row = (await owner.GetJsonAsync("/api/history"))["items"]![0]!;

        await IvgClient.AssertProblemAsync(await other.Http.DeleteAsync(url), 404, "image_not_found");
        await IvgClient.AssertProblemAsync(await other.Http.DeleteAsync($"/api/history/{row["history_id"]}"), 404, "not_found");
        Assert.Equal(HttpStatusCode.NoContent, (await other.Http.DeleteAsync("/api/history")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.Http.GetAsync(url)).StatusCode);
        Assert.Single((await owner.GetJsonAsync("/api/history"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("/api/images/01a20598-821e-7d63-b54c-696099b7e0ab")]
    [InlineData("/api/history/01a20598-821e-7d63-b54c-696099b7e0ab")]
    [InlineData("/api/history")]
    public async Task Delete_FromAnotherSitesPage_Is403(string path)
    {
        var app = await SharedApplication.GetAsync();
        using var browser = new IvgClient(app.Address, null);
        var request = new HttpRequestMessage(HttpMethod.Delete, path);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        await IvgClient.AssertProblemAsync(await browser.Http.SendAsync(request), 403, "cross_site");
    }

    [Fact]
    public async Task HistoryRow_Deleted_TakesItsJobImagesAndIdempotencyRecord()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var key = ("Idempotency-Key", "once");
        using var submitted = await user.PostAsync("/api/variations", IvgClient.Form(Picture), key);
        var job = await user.FinishAsync(JsonNode.Parse(await submitted.Content.ReadAsStringAsync())!.AsObject());
        var row = (await user.GetJsonAsync("/api/history"))["items"]![0]!;
        using var deleted = await user.Http.DeleteAsync($"/api/history/{row["history_id"]}");

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await Leftovers.AssertNoneAsync(app, user.SessionId);
        await IvgClient.AssertProblemAsync(await user.Http.GetAsync((string)job["links"]!["self"]!), 404, "job_not_found");
        await IvgClient.AssertProblemAsync(await user.Http.GetAsync((string)row["source"]!["url"]!), 404, "image_not_found");
        using var again = await user.PostAsync("/api/variations", IvgClient.Form(Picture, ("prompt", "another")), key);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
    }

    [Fact]
    public async Task HistoryRow_Deleted_LeavesASourceThatAnotherRowShows()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        await MakeAsync(user);
        var source = (await user.GetJsonAsync("/api/history"))["items"]![0]!["source"]!;
        await user.FinishAsync(await user.SubmitAsync("/api/variations", null, ("image_id", (string)source["image_id"]!)));
        var rows = (await user.GetJsonAsync("/api/history"))["items"]!.AsArray();

        await user.Http.DeleteAsync($"/api/history/{rows[0]!["history_id"]}");
        Assert.Equal(HttpStatusCode.OK, (await user.Http.GetAsync((string)source["url"]!)).StatusCode);
        await user.Http.DeleteAsync($"/api/history/{rows[1]!["history_id"]}");
        Assert.Equal(HttpStatusCode.NotFound, (await user.Http.GetAsync((string)source["url"]!)).StatusCode);
    }

    [Fact]
    public async Task Session_Erased_WithJobsInEveryState_LeavesNothingAndEndsTheirStreams()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var other = app.NewUser();
        var kept = (string)(await MakeAsync(other))["result"]!["url"]!;
        await MakeAsync(user);
        // Four fill the session's window, two wait behind them.
        var slow = Work.Slow(app, 60_000, times: 4);
        var jobs = await Work.SubmitManyAsync(user, slow, 6);
        await Work.AtProviderAsync(app, slow, calls: 4);
        // Asked for after the erasure it would be a 404.
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stream = ServerSentEvents.ReadAsync(user.Http, (string)jobs[0]["links"]!["stream"]!, opened: opened.SetResult);
        await Task.WhenAny(opened.Task, stream);
        using var erased = await user.Http.DeleteAsync("/api/history");

        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        await Leftovers.AssertNoneAsync(app, user.SessionId);
        // Long before the provider would have answered.
        var events = await stream;
        Assert.Equal(("cancelled", "cancelled", (string?)jobs[0]["job_id"]), (events[^1].Type, (string?)events[^1].Data["status"], (string?)events[^1].Data["job_id"]));
        Assert.NotNull(events[^1].Data["finished_at"]);
        Assert.Equal(events.Select(one => one.Id).Order().Distinct(), events.Select(one => one.Id));
        Assert.DoesNotContain(events, one => one.Type is "succeeded" or "failed");
        foreach (var job in jobs) await IvgClient.AssertProblemAsync(await user.Http.GetAsync((string)job["links"]!["self"]!), 404, "job_not_found");
        Assert.Empty((await user.GetJsonAsync("/api/jobs"))["items"]!.AsArray());
        // The session goes on: its window is free again.
        await MakeAsync(user);
        Assert.Equal(HttpStatusCode.OK, (await other.Http.GetAsync(kept)).StatusCode);
    }

    [Fact]
    public async Task Source_DeletedWhileItsJobWaits_FailsTheJobAsSourceMissing()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        await MakeAsync(user);
        var source = (await user.GetJsonAsync("/api/history"))["items"]![0]!["source"]!;
        var slow = Work.Slow(app, 3000, times: 4);
        await Work.SubmitManyAsync(user, slow, 4);
        var waiting = await user.SubmitAsync("/api/variations", null, ("image_id", (string)source["image_id"]!));
        await user.Http.DeleteAsync((string)source["url"]!);
        var done = await user.FinishAsync(waiting);

        Assert.Equal(("failed", "source_missing"), ((string?)done["status"], (string?)done["error"]!["code"]));
        Assert.False((bool)done["error"]!["retryable"]!);
    }

    private static async Task<JsonObject> MakeAsync(IvgClient user) => await user.FinishAsync(await user.SubmitAsync("/api/variations", Picture));
}
