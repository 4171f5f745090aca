using System.Net;
using System.Text;
using Ivg.GeminiEmulator;
using static Ivg.Tests.Generation.Gemini.EmulatorClient;

namespace Ivg.Tests.Generation.Gemini;

/// <summary>The stand-in must be as strict as what it stands for, or the tests against it prove nothing.</summary>
public sealed class GeminiEmulatorTests
{
    private const string Model = GeminiRig.Model;

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
    [InlineData("""[]""", "expected an object")]
    [InlineData("""{"contents":{}}""", "expected a list")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]},{"parts":[{"text":"y"},{"inlineData":{"mimeType":"image/png","data":"%%"}}]}]}""", "contents[1].parts[1].inline_data.data")]
    [InlineData("""{"contents":[{"parts":[{}]}]}""", "contents[0].parts[0].data: required oneof field")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"seed":"soon"}}""", "generation_config.seed")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"responseModalities":["PICTURE"]}}""", "response_modalities[0]")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"imageConfig":{"imageSize":"512"}}}""", "image_size")]
    [InlineData("""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"thinkingConfig":{"thinkingLevel":"LOW"}}}""", "Thinking level is not supported")]
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
        var entry = Assert.Single(emulator.Journal.Entries);
        Assert.Equal("16:9", entry.AspectRatio);
    }

    [Theory]
    [InlineData("gemini-2.5-flash-image", """{"imageConfig":{"aspectRatio":"1:8"}}""")]
    [InlineData("gemini-2.5-flash-image", """{"imageConfig":{"imageSize":"2K"}}""")]
    [InlineData("gemini-2.5-flash-image", """{"thinkingConfig":{"thinkingLevel":"HIGH"}}""")]
    [InlineData("gemini-3-pro-image", """{"imageConfig":{"imageSize":"512"}}""")]
    public async Task Post_SettingOfAnotherModel_Is400(string model, string config)
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        var (status, _) = await PostAsync(emulator, model, $$"""{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{{config}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task Post_MorePicturesThanTheModelTakes_Is400()
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        var parts = string.Join(',', Enumerable.Repeat($$$"""{"inlineData":{"mimeType":"image/png","data":"{{{Picture}}}"}}""", 4));
        var json = $$$"""{"contents":[{"parts":[{{{parts}}}]}]}""";
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(emulator, "gemini-2.5-flash-image", json)).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(emulator, Model, json)).Status);
    }

    [Fact]
    public async Task Post_BodyOverTheLimit_Is400()
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync(new EmulatorOptions { MaxBody = 1000 });
        var (status, body) = await PostAsync(emulator, Model, $$"""{"contents":[{"parts":[{"text":"{{new string('x', 1000)}}"}]}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("payload size exceeds the limit", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1beta/models/gemini-nano-banana-2.1%3AgenerateContent", HttpStatusCode.OK, "application/json")]
    [InlineData("v1beta/models/gemini-nano-banana-2.1:predict", HttpStatusCode.NotFound, "application/json")]
    [InlineData("v1beta/elsewhere", HttpStatusCode.NotFound, "text/html")]
    public async Task Post_Path_IsFoundOrNotAsAtGoogle(string path, HttpStatusCode expected, string type)
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(emulator.BaseUrl), DefaultRequestHeaders = { { "x-goog-api-key", "key" } } };
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(Ask("1:1", 1), Encoding.UTF8, "application/json"));
        Assert.Equal((expected, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("models", "key", HttpStatusCode.OK)]
    [InlineData("models", "", HttpStatusCode.Forbidden)]
    [InlineData("models", "invalid", HttpStatusCode.BadRequest)]
    [InlineData("models/gemini-3-pro-image", "key", HttpStatusCode.OK)]
    [InlineData("models/gemini-3-pro-image-preview", "key", HttpStatusCode.NotFound)]
    public async Task Models_AreListedToWhoeverHasAKey(string path, string key, HttpStatusCode expected)
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(emulator.BaseUrl) };
        if (key.Length > 0) client.DefaultRequestHeaders.Add("x-goog-api-key", key);
        using var response = await client.GetAsync($"v1beta/{path}");
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, body.Contains("models/gemini-3-pro-image\"", StringComparison.Ordinal) && body.Contains("generateContent", StringComparison.Ordinal));
        Assert.DoesNotContain("preview\"", body, StringComparison.Ordinal);
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
        // However the header is spelled, its value is written nowhere.
        Assert.All(emulator.Journal.Entries, entry => Assert.DoesNotContain("x-goog-api-key", entry.Headers.Keys, StringComparer.OrdinalIgnoreCase));
    }
}
