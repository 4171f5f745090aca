using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Ivg.Tests.Application;

/// <summary>A platform's user, speaking the contract over HTTP.</summary>
internal sealed class IvgClient : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public IvgClient(Uri address, string? userId)
    {
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address, Timeout = Patience };
        if (userId is not null) Http.DefaultRequestHeaders.Add("X-User-Id", userId);
        SessionId = $"default:{userId}";
    }

    public HttpClient Http { get; }

    public string SessionId { get; }

    /// <summary>What it sends as <c>X-User-Id</c>.</summary>
    public string UserId => SessionId["default:".Length..];

    public static MultipartFormDataContent Form(byte[]? image, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        if (image is not null)
        {
            var part = new ByteArrayContent(image);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(part, "image", "picture.png");
        }
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        return form;
    }

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return Http.SendAsync(request);
    }

    /// <summary>Submits and returns the accepted job.</summary>
    public async Task<JsonObject> SubmitAsync(string path, byte[]? image, params (string Name, string Value)[] fields)
    {
        using var response = await PostAsync(path, Form(image, fields));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{(int)response.StatusCode}: {body}");
        return JsonNode.Parse(body)!.AsObject();
    }

    /// <summary>Polls until the job is over.</summary>
    public async Task<JsonObject> FinishAsync(JsonObject job)
    {
        var id = (string)job["job_id"]!;
        return await Until.TrueAsync(async () =>
        {
            using var response = await Http.GetAsync($"/api/jobs/{id}");
            if (!response.IsSuccessStatusCode) return null;
            var now = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
            return (string?)now["status"] is "succeeded" or "failed" or "cancelled" ? now : null;
        }, Patience, $"job {id} to end");
    }

    public async Task<JsonObject> GetJsonAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(path))!.AsObject();

    public Task<byte[]> ImageAsync(JsonObject job) => Http.GetByteArrayAsync((string)job["result"]!["url"]!);

    /// <summary>Reads a problem, and checks what every problem has.</summary>
    public static async Task<JsonObject> ProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        Assert.Equal((int)response.StatusCode, (int)problem["status"]!);
        Assert.False(string.IsNullOrEmpty((string?)problem["detail"]));
        Assert.Equal(response.Headers.GetValues("X-Request-Id").Single(), (string?)problem["request_id"]);
        return problem;
    }

    public static async Task AssertProblemAsync(HttpResponseMessage response, int status, string code)
    {
        var problem = await ProblemAsync(response);
        Assert.Equal((status, code), ((int)response.StatusCode, (string?)problem["code"]));
    }

    public void Dispose() => Http.Dispose();
}
