using System.Net;
using System.Text.Json.Nodes;
using Ivg.GeminiEmulator;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Faults;

/// <summary>Jobs for the fault tests: small, and slow where a test needs time.</summary>
internal static class Work
{
    private static readonly byte[] Picture = TestPictures.Png(64, 64);

    /// <summary>Submits a variation; its request id picks its script.</summary>
    public static async Task<JsonObject> SubmitAsync(IvgClient user, string requestId)
    {
        using var response = await user.PostAsync("/api/variations", IvgClient.Form(Picture, ("style_id", "ink-line")), ("X-Request-Id", requestId));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{(int)response.StatusCode}: {body}");
        return JsonNode.Parse(body)!.AsObject();
    }

    public static Task<JsonObject[]> SubmitManyAsync(IvgClient user, string requestId, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => SubmitAsync(user, requestId)));

    /// <summary>A request id whose provider calls take so long; each at most so many times.</summary>
    public static string Slow(IvgApplication app, int milliseconds, int times = 1)
    {
        var id = $"slow-{Guid.NewGuid():N}";
        app.Emulator.Script.Add(new ScriptStep { Behaviour = "ok", DelayMs = milliseconds, RequestId = id, Times = times });
        return id;
    }

    /// <summary>Waits until the job's attempt is at the provider.</summary>
    public static Task GeneratingAsync(IvgClient user, JsonObject job, int attempt = 1) => Until.TrueAsync(async () =>
    {
        var now = await user.GetJsonAsync($"/api/jobs/{job["job_id"]}");
        return (string?)now["stage"] == "generating" && (int)now["attempt"]! == attempt;
    }, IvgClient.Patience, "the job to run");

    /// <summary>How often the provider was asked.</summary>
    public static int Calls(IvgApplication app, string requestId) => app.Emulator.Journal.Entries.Count(call => call.RequestId == requestId);

    /// <summary>Waits until the provider has been asked so often, and answers the last one.</summary>
    public static Task AtProviderAsync(IvgApplication app, string requestId, int calls = 1) =>
        Until.TrueAsync(() => Task.FromResult(Calls(app, requestId) >= calls), IvgClient.Patience, "the provider to be asked");

    /// <summary>Waits for all, which must succeed.</summary>
    public static async Task<IReadOnlyList<JsonObject>> SucceedAsync(IvgClient user, IEnumerable<JsonObject> jobs)
    {
        var done = new List<JsonObject>();
        foreach (var job in jobs)
        {
            var now = await user.FinishAsync(job);
            Assert.True((string?)now["status"] == "succeeded", now.ToJsonString());
            done.Add(now);
        }
        return done;
    }
}
