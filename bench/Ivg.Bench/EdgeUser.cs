using System.Net.Http.Headers;
using System.Text.Json;

namespace Ivg.Bench;

/// <summary>A platform's user of a running API.</summary>
internal sealed class EdgeUser(HttpClient http, string name)
{
    /// <summary>Sends a picture and returns the job's id.</summary>
    public async Task<string> SubmitAsync(byte[] picture)
    {
        var part = new ByteArrayContent(picture);
        part.Headers.ContentType = new("application/octet-stream");
        using var form = new MultipartFormDataContent { { part, "image", "a.jpg" } };
        using var answer = await SendAsync(HttpMethod.Post, "/api/variations", form);
        using var job = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
        return job.RootElement.GetProperty("job_id").GetString()!;
    }

    /// <summary>An answer's JSON.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        using var document = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, bool headersOnly = false, CancellationToken cancellationToken = default)
    {
        using var message = new HttpRequestMessage(method, path) { Content = content };
        message.Headers.Add("X-User-Id", name);
        if (Environment.GetEnvironmentVariable("PLATFORM_API_KEYS")?.Split(',')[0] is { } key) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await http.SendAsync(message, headersOnly ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, cancellationToken);
    }

    /// <summary>Resident memory of a process, bytes: now, and the most it ever was.</summary>
    public static (long Now, long Most) Memory(int pid)
    {
        var lines = File.ReadAllLines($"/proc/{pid}/status");
        return (Read("VmRSS:"), Read("VmHWM:"));

        long Read(string name) => long.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim().Split(' ')[0], provider: null) * 1024;
    }
}
