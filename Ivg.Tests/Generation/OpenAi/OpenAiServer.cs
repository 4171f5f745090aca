using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Ivg.Tests.Generation.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ivg.Tests.Generation.OpenAi;

/// <summary>Takes <c>POST /v1/images/edits</c> as OpenAI does: a multipart form in, each file with its type, base64 out.</summary>
internal sealed class OpenAiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _left;
    private int _drawn;

    private OpenAiServer(WebApplication app) => (_app, Answer) = (app, DrawAsync);

    public string BaseUrl => _app.Urls.First() + "/v1";

    public ConcurrentQueue<OpenAiCall> Calls { get; } = new();

    /// <summary>Requests whose caller went away before the answer.</summary>
    public int Left => _left;

    public Func<HttpContext, Task> Answer { get; set; }

    public static async Task<OpenAiServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new OpenAiServer(app);
        app.MapPost("/v1/images/edits", server.TakeAsync).DisableAntiforgery();
        await app.StartAsync();
        return server;
    }

    /// <summary>Stripes of the size that was asked for, of another width for each call: pictures that are neither the source nor one another.</summary>
    private Task DrawAsync(HttpContext http)
    {
        var size = http.Request.Form["size"].ToString().Split('x');
        var stripes = Interlocked.Increment(ref _drawn) * 3;
        return PictureAsync(http, Drawn.Png(Drawn.Fill(int.Parse(size[0], provider: null), int.Parse(size[1], provider: null),
            (u, v) => (int)((u + v) * stripes) % 2 == 0 ? (20, 60, 120) : (240, 200, 90))));
    }

    public static Task PictureAsync(HttpContext http, byte[] picture) => JsonAsync(http, 200, new JsonObject
    {
        ["created"] = 1_790_000_000,
        ["data"] = new JsonArray(new JsonObject { ["b64_json"] = Convert.ToBase64String(picture) }),
        ["usage"] = new JsonObject
        {
            ["input_tokens"] = 420, ["output_tokens"] = 1056, ["total_tokens"] = 1476,
            ["input_tokens_details"] = new JsonObject { ["text_tokens"] = 100, ["image_tokens"] = 320 },
        },
    });

    public static Task ErrorAsync(HttpContext http, int status, string message, string? code) => JsonAsync(http, status, new JsonObject
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error", ["param"] = null, ["code"] = code },
    });

    public static Task JsonAsync(HttpContext http, int status, JsonNode body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var files = new List<(string, string, string, byte[])>();
        foreach (var file in form.Files)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            files.Add((file.Name, file.FileName, file.ContentType, bytes.ToArray()));
        }
        Calls.Enqueue(new OpenAiCall(http.Request.Path, http.Request.Headers.Authorization.ToString(), form.ToDictionary(field => field.Key, field => field.Value.ToString()), files));
        try
        {
            if (files.Any(file => file.Item3.Length == 0)) await ErrorAsync(http, 400, "Invalid file 'image': failed to determine mimetype.", "missing_file_mimetype");
            else await Answer(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            Interlocked.Increment(ref _left);
        }
    }
}
