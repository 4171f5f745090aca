using System.Text.Json.Nodes;
using Ivg.GeminiEmulator;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Synchronous;

/// <summary>Gemini that does not answer in time, or has failed so often that it is left alone: settings that a process shared with other tests cannot have.</summary>
public sealed class GeminiPatienceTests
{
    [Fact]
    public async Task Variation_GeminiNeverFinishesItsAnswer_TimesOutAfterOneRetryInOneAttempt()
    {
        await using var servers = await OwnServers.CreateAsync();
        await using var api = await SynchronousApi.StartWithEmulatorAsync(servers, ("GEMINI_ATTEMPT_TIMEOUT", "3"));
        using var user = api.NewUser();
        foreach (var behaviour in new[] { "silence", "stalled_body" })
        {
            var (job, calls) = await AskAsync(user, behaviour);
            AssertFailed(job, "provider_timeout");
            Assert.Equal(2, calls);
        }
    }

    [Fact]
    public async Task Variation_GeminiFailedAgainAndAgain_IsNotAskedAndSaysSo()
    {
        await using var servers = await OwnServers.CreateAsync();
        await using var api = await SynchronousApi.StartWithEmulatorAsync(servers,
            ("GEMINI_BREAKER_THROUGHPUT", "3"), ("GEMINI_BREAKER_BREAK", "600"), ("JOB_MAX_ATTEMPTS", "1"));
        using var user = api.NewUser();
        var (sick, calls) = await AskAsync(user, "internal");
        AssertFailed(sick, "provider_unavailable");
        Assert.Equal(3, calls);

        var (next, none) = await AskAsync(user, "ok");
        AssertFailed(next, "circuit_open");
        Assert.Equal(0, none);
        // The other model is well.
        Assert.Equal("succeeded", (string?)(await AskAsync(user, "ok", ("fast", "true"))).Job["status"]);
    }

    private static async Task<(JsonObject Job, int Calls)> AskAsync(IvgClient user, string behaviour, params (string, string)[] fields)
    {
        var (emulator, requestId) = ((await SharedApplication.GetAsync()).Emulator, $"patience-{Guid.CreateVersion7():N}");
        emulator.Script.Add(new ScriptStep { Behaviour = behaviour, RequestId = requestId, Times = 100 });
        using var response = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(96, 96), fields), ("X-Request-Id", requestId));
        var job = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        return (job, emulator.Journal.Entries.Count(entry => entry.RequestId == requestId));
    }

    private static void AssertFailed(JsonObject job, string code)
    {
        Assert.Equal(("failed", code, 1), ((string?)job["status"], (string?)job["error"]?["code"], (int)job["attempt"]!));
        Assert.True((bool)job["error"]!["retryable"]!);
        Assert.Contains(" Try again", (string)job["error"]!["message"]!, StringComparison.Ordinal);
    }
}
