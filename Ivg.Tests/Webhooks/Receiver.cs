using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ivg.Tests.Webhooks;

/// <summary>A real HTTP server on loopback that takes webhooks; its path says which statuses it answers with, the last one for ever.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedWebhook> _received = new();

    private Receiver(WebApplication app) => _app = app;

    public IReadOnlyList<ReceivedWebhook> Received => [.. _received];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._app.Map("/{statuses}", receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public string Url(params int[] statuses) => $"{_app.Urls.Single()}/{string.Join('-', statuses)}";

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, string statuses)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var answers = statuses.Split('-');
        var before = _received.Count;
        _received.Enqueue(new ReceivedWebhook(context.Request.Method, headers, body.ToArray()));
        context.Response.StatusCode = int.Parse(answers[Math.Min(before, answers.Length - 1)], provider: null);
        if (context.Response.StatusCode is >= 300 and < 400) context.Response.Headers.Location = Url(200);
    }
}
