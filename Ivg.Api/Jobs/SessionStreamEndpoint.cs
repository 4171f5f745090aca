using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Ivg.Api.Sessions;
using Ivg.Core.Jobs;

namespace Ivg.Api.Jobs;

/// <summary>All of a caller's jobs as server-sent events on one connection; unlike a job's stream it does not end with a job.</summary>
internal static class SessionStreamEndpoint
{
    private const int PageSize = 200;

    public static async Task<IResult> StreamAsync(
        HttpContext context, Caller caller, SessionEvents events, JobQueries queries, JobWatchers watchers, StreamSlots slots, IHostApplicationLifetime lifetime,
        TimeProvider time, CancellationToken cancellationToken)
    {
        context.Response.RegisterForDispose(slots.Take(caller.Session));
        // Watching begins before reading, so that no change falls in between.
        var watcher = watchers.WatchSession(caller.Session);
        context.Response.RegisterForDispose(watcher);
        var last = EventStream.LastEventId(context.Request);
        var state = last is { } id && await events.KnowsAsync(id, cancellationToken)
            ? new SessionState(id, [])
            : await events.StateAsync(caller.Session, cancellationToken);
        // With no event to carry it, the place to come back to is told all the same.
        long? opening = state.Open.Count == 0 ? state.LastEventId : null;
        return new EventStreamResult(EventsAsync(caller.Session, state, watcher, events, queries, time, EventStream.Begin(context, lifetime)), opening);
    }

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(
        string session, SessionState state, Watcher watcher, SessionEvents events, JobQueries queries, TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        foreach (var (index, open) in state.Open.Index())
        {
            // The last one's id covers what jobs that are over did after it; an earlier one's leaves the others to a reader that comes back.
            var id = index == state.Open.Count - 1 ? state.LastEventId : open.EventId;
            yield return EventStream.Item(open.Job.Status, id, JobView.Of(open.Job, await PositionAsync(open, queries, cancellationToken)));
        }
        var seen = state.LastEventId;
        while (time.GetElapsedTime(started) is var elapsed && elapsed < EventStream.Longest)
        {
            var page = await events.AfterAsync(session, seen, PageSize, cancellationToken);
            foreach (var one in page)
            {
                seen = one.EventId;
                yield return EventStream.Item(one.Change.Type, seen, JobView.At(one.Job, one.Change, await PositionAsync(one, queries, cancellationToken)));
            }
            if (page.Count == PageSize) continue;
            watcher.Seen(seen);
            var left = EventStream.Longest - elapsed;
            if (!await watcher.WaitAsync(left < EventStream.Ping ? left : EventStream.Ping, cancellationToken)) yield return EventStream.PingItem();
        }
    }

    // Only for a job that waits still: where it stood when an old event was written, nobody knows any more.
    private static async Task<int?> PositionAsync(SessionEvent one, JobQueries queries, CancellationToken cancellationToken) =>
        one.Job.Status == "queued" && one.Change.Version == one.Job.Version ? await queries.PositionAsync(one.Job, cancellationToken) : null;
}
