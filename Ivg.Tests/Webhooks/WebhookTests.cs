using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ivg.GeminiEmulator;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Webhooks;

/// <summary>The finished job is posted, signed, until somebody takes it.</summary>
public sealed class WebhookTests
{
    [Fact]
    public async Task Succeeded_job_is_posted_once_and_signed()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        await using var receiver = await Receiver.StartAsync();
        var job = await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64), ("callback_url", receiver.Url(204)));
        var done = await DeliveredAsync(user, job);

        var webhook = Assert.Single(receiver.Received);
        Assert.Equal(("POST", (string?)job["job_id"]), (webhook.Method, webhook.Headers["webhook-id"]));
        Assert.Equal((string?)job["request_id"], webhook.Headers["X-Request-Id"]);
        Assert.False(webhook.Headers.ContainsKey("traceparent"));
        AssertSigned(webhook);
        Assert.Equal([204], Statuses(done));
        Assert.Equal(receiver.Url(204), (string?)done["callback"]!["url"]);
        done.Remove("callback");
        Assert.Equal(done, JsonNode.Parse(webhook.Body), JsonNode.DeepEquals);
    }

    [Fact]
    public async Task Receiver_that_fails_at_first_gets_it_again_under_the_same_id()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        await using var receiver = await Receiver.StartAsync();
        var job = await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64), ("callback_url", receiver.Url(500, 503, 200)));
        var done = await DeliveredAsync(user, job);

        Assert.Equal([500, 503, 200], Statuses(done));
        Assert.Equal([(string?)job["job_id"]], receiver.Received.Select(webhook => webhook.Headers["webhook-id"]).Distinct());
        Assert.All(receiver.Received, AssertSigned);
        Assert.Single(receiver.Received.Select(webhook => Convert.ToHexString(webhook.Body)).Distinct());
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        await using var receiver = await Receiver.StartAsync();
        var job = await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64), ("callback_url", receiver.Url(307, 302, 200)));
        var done = await DeliveredAsync(user, job);

        Assert.Equal([307, 302, 200], Statuses(done));
        Assert.Equal(3, receiver.Received.Count);
    }

    [Fact]
    public async Task Gone_ends_the_tries()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        await using var receiver = await Receiver.StartAsync();
        var job = await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64), ("callback_url", receiver.Url(410)));
        await WaitAsync(user, job, view => view["callback"]!["deliveries"]!.AsArray().Count == 1);
        await using var due = app.Database.CreateCommand("select callback_at is null from jobs where job_id = $1");
        due.Parameters.Add(new() { Value = Guid.Parse((string)job["job_id"]!) });

        Assert.True(await due.ExecuteScalarAsync() is true);
        Assert.Null((await user.GetJsonAsync($"/api/jobs/{job["job_id"]}"))["callback"]!["delivered_at"]);
    }

    [Fact]
    public async Task Failed_and_cancelled_jobs_are_posted_too()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        await using var receiver = await Receiver.StartAsync();
        var (failing, slow) = ($"hook-failing-{Guid.NewGuid():N}", $"hook-slow-{Guid.NewGuid():N}");
        app.Emulator.Script.Add(new ScriptStep { Behaviour = "bad_request", RequestId = failing });
        app.Emulator.Script.Add(new ScriptStep { Behaviour = "ok", DelayMs = 60_000, RequestId = slow });
        var failed = await SubmitAsync(user, receiver, failing);
        var cancelled = await SubmitAsync(user, receiver, slow);
        using var _ = await user.PostAsync($"/api/jobs/{cancelled["job_id"]}/cancel", null);
        await DeliveredAsync(user, failed);
        await DeliveredAsync(user, cancelled);

        Assert.Equal(["cancelled", "failed"], receiver.Received.Select(webhook => (string?)JsonNode.Parse(webhook.Body)!["status"]).Order());
    }

    [Fact]
    public async Task Callback_OfABrowser_Is400()
    {
        var app = await SharedApplication.GetAsync();
        using var browser = new IvgClient(app.Address, userId: null);
        await IvgClient.AssertProblemAsync(
            await browser.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64), ("callback_url", "https://example.com/"))), 400, "invalid_callback_url");
    }

    [Fact]
    public async Task Job_without_a_callback_shows_none()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var job = await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64));
        Assert.False((await user.GetJsonAsync($"/api/jobs/{job["job_id"]}")).ContainsKey("callback"));
    }

    private static async Task<JsonObject> SubmitAsync(IvgClient user, Receiver receiver, string requestId)
    {
        using var response = await user.PostAsync(
            "/api/variations", IvgClient.Form(TestPictures.Png(64, 64), ("callback_url", receiver.Url(200))), ("X-Request-Id", requestId));
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    private static Task<JsonObject> DeliveredAsync(IvgClient user, JsonObject job) =>
        WaitAsync(user, job, view => view["callback"]!["delivered_at"] is not null);

    private static Task<JsonObject> WaitAsync(IvgClient user, JsonObject job, Func<JsonObject, bool> condition) =>
        Until.TrueAsync(async () => await user.GetJsonAsync($"/api/jobs/{job["job_id"]}") is var view && condition(view) ? view : null, IvgClient.Patience, "the webhook");

    private static IEnumerable<int> Statuses(JsonObject job) => job["callback"]!["deliveries"]!.AsArray().Select(delivery => (int)delivery!["status"]!);

    // As a receiver does it, by the letter of the specification.
    private static void AssertSigned(ReceivedWebhook webhook)
    {
        var (id, timestamp) = (webhook.Headers["webhook-id"], webhook.Headers["webhook-timestamp"]);
        var key = Convert.FromBase64String(GuardedApplication.WebhookSecret["whsec_".Length..]);
        var expected = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{Encoding.UTF8.GetString(webhook.Body)}"));
        Assert.Equal($"v1,{Convert.ToBase64String(expected)}", webhook.Headers["webhook-signature"]);
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, provider: null)), TimeProvider.System.GetUtcNow().AddMinutes(-2), TimeProvider.System.GetUtcNow().AddMinutes(1));
    }
}
