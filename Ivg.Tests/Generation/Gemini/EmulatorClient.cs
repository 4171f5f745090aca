using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ivg.GeminiEmulator;

namespace Ivg.Tests.Generation.Gemini;

/// <summary>Speaks to an emulator as it stands, without our provider.</summary>
internal static class EmulatorClient
{
    public static string Picture { get; } = Convert.ToBase64String(TestPictures.Png(20, 20));

    public static string Ask(string ratio, int seed) =>
        $$$"""{"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"{{{Picture}}}"} }]}],"generationConfig":{"imageConfig":{"aspectRatio":"{{{ratio}}}"},"seed":{{{seed}}} } }""";

    public static byte[] Image(string body) =>
        Convert.FromBase64String((string)JsonNode.Parse(body)!["candidates"]![0]!["content"]!["parts"]![0]!["inlineData"]!["data"]!);

    public static async Task<(HttpStatusCode Status, string Body)> PostAsync(
        GeminiEmulatorHost emulator, string model, string json, string key = "key", string? requestId = null, string? serverTimeout = null)
    {
        using var response = await SendAsync(emulator, model, json, key, requestId, serverTimeout);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static async Task<HttpResponseMessage> SendAsync(
        GeminiEmulatorHost emulator, string model, string json, string key = "key", string? requestId = null, string? serverTimeout = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{emulator.BaseUrl}v1beta/models/{model}:generateContent");
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (key.Length > 0) request.Headers.Add("X-Goog-Api-Key", key);
        if (requestId is not null) request.Headers.Add("X-Request-Id", requestId);
        if (serverTimeout is not null) request.Headers.Add("X-Server-Timeout", serverTimeout);
        return await client.SendAsync(request);
    }
}
