using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Ivg.Api.Sessions;
using Ivg.Core.Jobs;

namespace Ivg.Api.Jobs;

/// <summary>A job as server-sent events.</summary>
internal static class JobStreamEndpoint
{
    public static async Task<IResult> StreamAsync(
        string jobId, HttpContext context, Caller caller, JobQueries queries, JobWatchers watchers, StreamSlots slots, IHostApplicationLifetime lifetime,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var job = await JobsApi.FindAsync(jobId, caller, queries, cancellationToken);
        var seen = EventStream.LastEventId(context.Request) ?? 0;
        if (job.IsFinal && seen >= job.Version) return Results.NoContent();
        if (seen > job.Version) seen = 0;
        // The reader's request is a trace of its own; from here one gets to the job's.
        if (ActivityContext.TryParse(job.TraceParent, null, isRemote: true, out var submitted)) Activity.Current?.AddLink(new(submitted));
        context.Response.RegisterForDispose(slots.Take(caller.Session));
        return new EventStreamResult(EventsAsync(job, seen, queries, watchers, time, EventStream.Begin(context, lifetime)));
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
            yield return EventStream.Item(job.Status, seen, JobView.Of(job, await PositionAsync(job, queries, cancellationToken)));
        }
        while (!job.IsFinal || seen < job.Version)
        {
            var events = await queries.EventsAsync(job.JobId, seen, cancellationToken);
            if (events.Count > 0) job = await queries.FindAsync(job.SessionId, job.JobId, cancellationToken) ?? job;
            foreach (var change in events)
            {
                seen = change.Version;
                int? position = change.Type == "queued" ? await PositionAsync(job, queries, cancellationToken) : null;
                yield return EventStream.Item(change.Type, seen, JobView.At(job, change, position));
                if (change.Type is "succeeded" or "failed" or "cancelled") yield break;
            }
            var left = EventStream.Longest - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) yield break;
            watcher.Seen(seen);
            if (!await watcher.WaitAsync(left < EventStream.Ping ? left : EventStream.Ping, cancellationToken)) yield return EventStream.PingItem();
        }
    }

    private static async Task<int?> PositionAsync(Job job, JobQueries queries, CancellationToken cancellationToken) =>
        job.Status == "queued" ? await queries.PositionAsync(job, cancellationToken) : null;
}
