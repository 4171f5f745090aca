using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ivg.Core;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;

namespace Ivg.Api.Jobs;

/// <summary>
/// An answer of server-sent events. It is written by hand because .NET's formatter keeps a buffer and two state machines for each of thousands of streams
/// that mostly wait.
/// </summary>
internal readonly struct EventStream(HttpContext context, CancellationToken stopping)
{
    /// <summary><c>Last-Event-ID</c>; null when there is none that could be ours.</summary>
    public static long? LastEventId(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : null;

    /// <summary>Tells the headers and the retry time at once, before the first event: a proxy passes headers on with the first bytes.</summary>
    /// <param name="openingId">The id that a reader gets before any event; null for none.</param>
    public Task BeginAsync(long? openingId = null)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers["X-Accel-Buffering"] = "no";
        response.Headers.CacheControl = "no-store";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        return SendAsync(openingId is { } id ? $"retry: 2000\nid: {id}\n\n" : "retry: 2000\n\n");
    }

    /// <summary>Tells an event; returns when the reader's connection took it.</summary>
    public Task TellAsync(string type, long id, JsonObject view) => SendAsync($"event: {type}\nid: {id}\ndata: {view.ToJsonString(IvgJson.Options)}\n\n");

    /// <summary>Tells that the connection lives.</summary>
    public Task PingAsync() => SendAsync("event: ping\ndata: {}\n\n");

    /// <summary>Runs the stream until it ends, quietly also when the reader, the server or the database goes: whoever wants more comes back with the last id.</summary>
    public async Task RunAsync(Func<EventStream, Task> tell)
    {
        try
        {
            await tell(this);
        }
        catch (Exception e) when (context.Response.HasStarted && e is (OperationCanceledException or NpgsqlException or TimeoutException))
        {
            // A reader that takes nothing would hold up the end of the answer, and with it the process's stop.
            if (e is OperationCanceledException) context.Abort();
        }
    }

    private async Task SendAsync(string text)
    {
        Encoding.UTF8.GetBytes(text, context.Response.BodyWriter);
        var sent = context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        if (sent.IsCompletedSuccessfully) return;
        // The stop's token is taken only for as long as a reader is slow: registrations cost memory.
        await sent.AsTask().WaitAsync(stopping);
    }
}
