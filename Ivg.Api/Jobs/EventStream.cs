using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Ivg.Core;

namespace Ivg.Api.Jobs;

/// <summary>What the streams of one job and of all jobs have in common.</summary>
internal static class EventStream
{
    public static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);

    // Some gateways cut at 240 s; a stream that ends by itself before that loses nothing.
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(225);

    /// <summary>Sets the headers, and ends with the request or with the application, whichever is first.</summary>
    public static CancellationToken Begin(HttpContext context, IHostApplicationLifetime lifetime)
    {
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Response.Headers.CacheControl = "no-store";
        // Readers do not hold up a stop: they come back to another instance and miss nothing.
        var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(stop);
        return stop.Token;
    }

    /// <summary><c>Last-Event-ID</c>; null when there is none that could be ours.</summary>
    public static long? LastEventId(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : null;

    public static SseItem<string> Item(string type, long id, JsonObject view) =>
        new(view.ToJsonString(IvgJson.Options), type) { EventId = id.ToString(CultureInfo.InvariantCulture) };

    public static SseItem<string> PingItem() => new("{}", "ping");
}
