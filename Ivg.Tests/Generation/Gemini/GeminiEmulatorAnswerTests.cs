using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ivg.Core.Images;
using Ivg.GeminiEmulator;
using static Ivg.Tests.Generation.Gemini.EmulatorClient;

namespace Ivg.Tests.Generation.Gemini;

/// <summary>What the stand-in answers, and how it is told what to answer.</summary>
public sealed class GeminiEmulatorAnswerTests
{
    private const string Model = GeminiRig.Model;

    [Theory]
    [InlineData("gemini-2.5-flash-image", "21:9", 1536, 672)]
    [InlineData("gemini-3-pro-image", "4:3", 1200, 896)]
    [InlineData(Model, "9:16", 768, 1376)]
    [InlineData(Model, "1:8", 352, 2928)]
    public async Task Post_Ratio_GivesTheModelsOwnPixels(string model, string ratio, int width, int height)
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        var info = Pictures.Identify(Image((await PostAsync(emulator, model, Ask(ratio, 1))).Body));
        Assert.Equal((width, height), (info.Width, info.Height));
    }

    [Fact]
    public async Task Post_SameSeed_GivesTheSameBytesAndAnotherSeedOthers()
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        var first = Image((await PostAsync(emulator, Model, Ask("1:1", 1))).Body);
        Assert.Equal(first, Image((await PostAsync(emulator, Model, Ask("1:1", 1))).Body));
        Assert.NotEqual(first, Image((await PostAsync(emulator, Model, Ask("1:1", 2))).Body));
    }

    [Fact]
    public async Task Cached_Answers_HaveTheAskedRatio()
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync(new EmulatorOptions { CachedAnswers = true });
        var info = Pictures.Identify(Image((await PostAsync(emulator, Model, Ask("3:2", 1))).Body));
        Assert.Equal((1248, 832), (info.Width, info.Height));
    }

    [Fact]
    public async Task Admin_ScriptJournalAndReset_WorkOverHttp()
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(emulator.BaseUrl) };
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsJsonAsync("_emulator/script", new[] { new { behaviour = "nonsense" } })).StatusCode);
        (await client.PostAsJsonAsync("_emulator/script", new[] { new { behaviour = "overloaded", times = 2, model = Model, requestId = "mine" } })).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(emulator, Model, Ask("1:1", 1), requestId: "yours")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PostAsync(emulator, Model, Ask("1:1", 1), requestId: "mine")).Status);
        var journal = JsonNode.Parse(await client.GetStringAsync("_emulator/journal"))!;
        Assert.Equal(2, (int)journal["total"]!);
        Assert.Equal(1, (int)journal["outcomes"]!["503"]!);
        Assert.DoesNotContain("goog-api-key", journal.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        (await client.PostAsync("_emulator/reset", null)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(emulator, Model, Ask("1:1", 1), requestId: "mine")).Status);
        Assert.Equal((1, 1), (emulator.Journal.Total, emulator.Journal.HighWater));
        Assert.Equal("ok", (string?)JsonNode.Parse(await client.GetStringAsync("_emulator/health"))!["status"]);
    }

    [Fact]
    public async Task Marker_InTheWordsNamesTheBehaviour()
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        var (status, _) = await PostAsync(emulator, Model, """{"contents":[{"parts":[{"text":"a fox [[emulator:internal]]"}]}]}""");
        Assert.Equal(HttpStatusCode.InternalServerError, status);
    }

    [Fact]
    public async Task ServerTimeout_IsHonouredWith504()
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync(new EmulatorOptions { LatencyScale = 100 });
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await PostAsync(emulator, Model, Ask("1:1", 1), serverTimeout: "1")).Status);
    }

    [Theory]
    [InlineData("1K", 1248, 832)]
    [InlineData("2K", 2496, 1664)]
    public async Task Post_Size_MultipliesTheModelsPixels(string size, int width, int height)
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        var json = Ask("3:2", 1).Replace("\"aspectRatio\"", $"\"imageSize\":\"{size}\",\"aspectRatio\"", StringComparison.Ordinal);
        var info = Pictures.Identify(Image((await PostAsync(emulator, Model, json)).Body));
        Assert.Equal((width, height), (info.Width, info.Height));
    }

    [Fact]
    public async Task Post_OtherWords_GiveAnotherPicture()
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        string[] words = ["a fox", "a hare", "an owl", "a badger"];
        var pictures = new HashSet<string>();
        foreach (var word in words)
            pictures.Add(Convert.ToBase64String(Image((await PostAsync(emulator, Model, $$$"""{"contents":[{"parts":[{"text":"{{{word}}}"}]}],"generationConfig":{"imageConfig":{"aspectRatio":"1:1"} } }""")).Body)));
        Assert.Equal(words.Length, pictures.Count);
    }

    [Fact]
    public async Task Nondeterministic_SameSeed_GivesOtherBytes()
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync(new EmulatorOptions { Nondeterministic = true });
        var first = Image((await PostAsync(emulator, Model, Ask("1:1", 1))).Body);
        Assert.NotEqual(first, Image((await PostAsync(emulator, Model, Ask("1:1", 1))).Body));
    }

    [Fact]
    public async Task Answer_HasUsageByModalityASignatureAndAnIdOfItsOwn()
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        var first = JsonNode.Parse((await PostAsync(emulator, Model, Ask("1:1", 1))).Body)!;
        var second = JsonNode.Parse((await PostAsync(emulator, Model, Ask("1:1", 1))).Body)!;
        Assert.NotEqual((string?)first["responseId"], (string?)second["responseId"]);
        Assert.Equal(Model, (string?)first["modelVersion"]);
        Assert.NotNull(first["candidates"]![0]!["content"]!["parts"]![0]!["thoughtSignature"]);
        var usage = first["usageMetadata"]!;
        Assert.Equal((int)usage["promptTokenCount"]!, usage["promptTokensDetails"]!.AsArray().Sum(detail => (int)detail!["tokenCount"]!));
        Assert.Equal("IMAGE", (string?)usage["candidatesTokensDetails"]![0]!["modality"]);
        Assert.True((int)usage["thoughtsTokenCount"]! > 0);
        Assert.Null(first["modelStatus"]);
    }

    [Fact]
    public async Task Rerouted_Model_SaysWhoAnsweredAndWhenItGoes()
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        var answer = JsonNode.Parse((await PostAsync(emulator, "gemini-3.1-flash-image", Ask("1:1", 1))).Body)!;
        Assert.Equal((Model, "DEPRECATED"), ((string?)answer["modelVersion"], (string?)answer["modelStatus"]!["modelStage"]));
    }

    [Fact]
    public async Task Errors_HaveNoRetryAfterAndAreAListWhenAskedFor()
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        foreach (var behaviour in Behaviours.All.Where(name => name.EndsWith("_list", StringComparison.Ordinal)))
        {
            foreach (var (name, list) in new[] { (behaviour, true), (behaviour[..^"_list".Length], false) })
            {
                using var response = await SendAsync(emulator, Model, $$"""{"contents":[{"parts":[{"text":"[[emulator:{{name}}]]"}]}]}""");
                var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
                Assert.Null(response.Headers.RetryAfter);
                var error = list ? Assert.Single(body.AsArray())!["error"]! : body["error"]!;
                Assert.Equal((int)response.StatusCode, (int)error["code"]!);
            }
        }
    }
}
