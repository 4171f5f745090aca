using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Ivg.Core.Images;
using Ivg.GeminiEmulator;

namespace Ivg.Tests.Generation;

/// <summary>The stand-in must be as strict as what it stands for, or the tests against it prove nothing.</summary>
public sealed class GeminiEmulatorTests
{
    private const string Model = GeminiRig.Model;
    private static readonly string Picture = Convert.ToBase64String(TestPictures.Png(20, 20));

    [Theory]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"colour":1}""", "Unknown name \\\"colour")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"imageConfig":{"personGeneration":"x"}}}""", "personGeneration")]
    [InlineData("""{"contents":[{"parts":[]}]}""", "contents is not specified")]
    [InlineData("""{"contents":[{"parts":[{"inlineData":{"mimeType":"image/bmp","data":"AAAA"}}]}]}""", "image/heif")]
    [InlineData("""{"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"data:image/png;base64,AAAA"}}]}]}""", "Base64 decoding failed")]
    [InlineData("""{"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}]}""", "Unable to process input image")]
    [InlineData("""{"contents":[{"parts":[{"inlineData":{"mimeType":"image/jpeg","data":"PICTURE"}}]}]}""", "Unhandled generated data mime type: image/png")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"candidateCount":2}}""", "Multiple candidates")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"imageConfig":{"aspectRatio":"7:5"}}}""", "7:5")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"imageConfig":{"imageSize":"1k"}}}""", "1k")]
    [InlineData("""{"contents":[""", "Invalid JSON payload")]
    public async Task Post_FaultyRequest_Is400WithTheField(string json, string said)
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        var (status, body) = await PostAsync(emulator, Model, json.Replace("PICTURE", Picture, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(said, body, StringComparison.Ordinal);
        Assert.Contains("fieldViolations", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_SnakeCase_IsTakenAsWell()
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        var (status, _) = await PostAsync(emulator, Model,
            $$$"""{"contents":[{"parts":[{"inline_data":{"mime_type":"image/png","data":"{{{Picture}}}"} }]}],"generation_config":{"image_config":{"aspect_ratio":"16:9"} } }""");
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Theory]
    [InlineData("no-such-model", "key", HttpStatusCode.NotFound)]
    [InlineData("gemini-3-pro-image-preview", "key", HttpStatusCode.NotFound)]
    [InlineData(Model, "", HttpStatusCode.Forbidden)]
    [InlineData(Model, "invalid-key", HttpStatusCode.BadRequest)]
    public async Task Post_WrongModelOrKey_IsRefused(string model, string key, HttpStatusCode expected)
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        var (status, body) = await PostAsync(emulator, model, Ask("1:1", 1), key);
        Assert.Equal(expected, status);
        Assert.DoesNotContain("invalid-key", body, StringComparison.Ordinal);
    }

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
        Assert.Equal(1, emulator.Journal.Total);
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

    private static string Ask(string ratio, int seed) =>
        $$$"""{"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"{{{Picture}}}"} }]}],"generationConfig":{"imageConfig":{"aspectRatio":"{{{ratio}}}"},"seed":{{{seed}}} } }""";

    private static byte[] Image(string body) =>
        Convert.FromBase64String((string)JsonNode.Parse(body)!["candidates"]![0]!["content"]!["parts"]![0]!["inlineData"]!["data"]!);

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(
        GeminiEmulatorHost emulator, string model, string json, string key = "key", string? requestId = null, string? serverTimeout = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{emulator.BaseUrl}v1beta/models/{model}:generateContent");
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (key.Length > 0) request.Headers.Add("x-goog-api-key", key);
        if (requestId is not null) request.Headers.Add("X-Request-Id", requestId);
        if (serverTimeout is not null) request.Headers.Add("X-Server-Timeout", serverTimeout);
        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
