using System.Text.Json.Nodes;
using Ivg.GeminiEmulator;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Telemetry;

/// <summary>What services print in Production: JSON, in which a log search finds requests, jobs and users.</summary>
[Collection("guarded")]
public sealed class JsonLogTests(GuardedApplication guarded)
{
    [Fact]
    public async Task Worker_PrintsJsonLinesWithTheIdsOfRequestJobAndUser()
    {
        using var user = guarded.NewUser();
        var requestId = $"json-{Guid.NewGuid():N}";
        guarded.App.Emulator.Script.Add(new ScriptStep { Behaviour = "blocked_safety", RequestId = requestId });
        using var response = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64), ("prompt", "planted-prompt")), ("X-Request-Id", requestId));
        var job = await user.FinishAsync(JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
        Assert.Equal("failed", (string?)job["status"]);

        var line = await Until.TrueAsync(() => Task.FromResult(Parse(guarded.App.ConsoleOf("generate-worker")).Find(line => (string?)line["request_id"] == requestId)), IvgClient.Patience, "the line");
        Assert.Equal(((string?)job["job_id"], user.SessionId), ((string?)line["job_id"], (string?)line["user_id"]));
        Assert.Equal(("warning", 'Z'), ((string?)line["level"], ((string)line["time"]!)[^1]));
        Assert.DoesNotContain("planted-prompt", guarded.App.ConsoleOf("generate-worker"));
    }

    [Fact]
    public async Task SlowRequest_IsLoggedWithItsStagesAndIds()
    {
        var (api, address) = await ServiceProcess.StartApiAsync(guarded.App, "Production",
            ("APP_SECRET_KEY", new string('s', 32)), ("PLATFORM_API_KEYS", GuardedApplication.PlatformKey), ("SLOW_REQUEST_MS", "1"));
        await using var _ = api;
        using var user = new IvgClient(address, $"slow-{Guid.NewGuid():N}");
        user.Http.DefaultRequestHeaders.Authorization = new("Bearer", GuardedApplication.PlatformKey);
        using var response = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(600, 600)), ("X-Request-Id", "slow-request"));
        var job = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        await ServerSentEvents.ReadAsync(user.Http, (string)job["links"]!["stream"]!);

        var line = await Until.TrueAsync(() => Task.FromResult(Parse(api.Output).Find(line => (string?)line["request_id"] == "slow-request" && line["Stages"] is not null)), IvgClient.Patience, "the line");
        Assert.Equal(((string?)job["job_id"], user.SessionId, "/api/variations", "202"), ((string?)line["job_id"], (string?)line["user_id"], (string?)line["Route"], (string?)line["Status"]));
        Assert.Matches(@"^received \d+, checked \d+, stored \d+, answered \d+, sent \d+$", (string?)line["Stages"]);
        Assert.DoesNotContain("/stream", api.Output);
    }

    private static List<JsonNode> Parse(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.IndexOf('{', StringComparison.Ordinal) is >= 0 and var at ? JsonNode.Parse(line[at..])! : throw new InvalidDataException(line))];
}
