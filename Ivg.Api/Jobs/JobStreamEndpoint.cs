using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Ivg.Api.Sessions;
using Ivg.Core;
using Ivg.Core.Jobs;

namespace Ivg.Api.Jobs;

/// <summary>A job as server-sent events.</summary>
internal static class JobStreamEndpoint
{
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);

    // Some gateways cut at 240 s; a stream that ends by itself before that loses nothing.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(225);

    public static async Task<IResult> StreamAsync(
        string jobId, HttpContext context, Caller caller, JobQueries queries, JobWatchers watchers, IHostApplicationLifetime lifetime, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var job = await JobsApi.FindAsync(jobId, caller, queries, cancellationToken);
        var seen = long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        if (job.IsFinal && seen >= job.Version) return Results.NoContent();
        if (seen > job.Version) seen = 0;
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Response.Headers.CacheControl = "no-store";
        // Readers do not hold up a stop: they come back to another instance and miss nothing.
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(stop);
        return new EventStreamResult(EventsAsync(job, seen, queries, watchers, time, stop.Token));
    }

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(
        Job job, long seen, JobQueries queries, JobWatchers watchers, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        // Watching begins before reading, so that no change falls in between.
        using var watcher = watchers.Watch(job.JobId);
        if (seen == 0)
        {
            job = await queries.FindAsync(job.SessionId, job.JobId, cancellationToken) ?? job;
            seen = job.Version;
            yield return Item(job.Status, seen, JobView.Of(job, await PositionAsync(job, queries, cancellationToken)));
        }
        while (!job.IsFinal || seen < job.Version)
        {
            var events = await queries.EventsAsync(job.JobId, seen, cancellationToken);
            if (events.Count > 0) job = await queries.FindAsync(job.SessionId, job.JobId, cancellationToken) ?? job;
            foreach (var change in events)
            {
                seen = change.Version;
                int? position = change.Type == "queued" ? await PositionAsync(job, queries, cancellationToken) : null;
                yield return Item(change.Type, seen, JobView.At(job, change, position));
                if (change.Type is "succeeded" or "failed" or "cancelled") yield break;
            }
            var left = Longest - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) yield break;
            watcher.Seen(seen);
            if (!await watcher.WaitAsync(left < Ping ? left : Ping, cancellationToken))
                yield return new SseItem<string>("{}", "ping");
        }
    }

    private static async Task<int?> PositionAsync(Job job, JobQueries queries, CancellationToken cancellationToken) =>
        job.Status == "queued" ? await queries.PositionAsync(job, cancellationToken) : null;

    private static SseItem<string> Item(string type, long version, System.Text.Json.Nodes.JsonObject view) =>
        new(view.ToJsonString(IvgJson.Options), type) { EventId = version.ToString(CultureInfo.InvariantCulture) };
}
