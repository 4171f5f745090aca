using Ivg.Api.Sessions;
using Ivg.Core.Jobs;

namespace Ivg.Api.Jobs;

/// <summary>All of a caller's jobs as server-sent events on one connection; unlike a job's stream it does not end with a job.</summary>
internal sealed class SessionStreamEndpoint(
    SessionEvents events, JobOutlooks outlooks, JobWatchers watchers, StreamSlots slots, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const int PageSize = 200;

    public static Task StreamAsync(HttpContext context, Caller caller, SessionStreamEndpoint endpoint) => endpoint.StreamAsync(context, caller.Session);

    private async Task StreamAsync(HttpContext context, string session)
    {
        using var slot = slots.Take(session);
        // Watching begins before reading, so that no change falls in between.
        using var watcher = watchers.WatchSession(session, context.RequestAborted);
        await new EventStream(context, lifetime.ApplicationStopping).RunAsync(
            async stream => await FollowAsync(stream, watcher, session, await BeginAsync(stream, session, context), context.RequestAborted));
    }

    private async Task<long> BeginAsync(EventStream stream, string session, HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        var state = EventStream.LastEventId(context.Request) is { } last && await events.KnowsAsync(last, cancellationToken)
            ? new SessionState(last, [])
            : await events.StateAsync(session, cancellationToken);
        // With no event to carry it, the place to come back to is told all the same.
        await stream.BeginAsync(state.Open.Count == 0 ? state.LastEventId : null);
        var outlook = await outlooks.OfAsync([.. state.Open.Select(open => open.Job)], cancellationToken);
        foreach (var (index, open) in state.Open.Index())
        {
            // The last one's id covers what jobs that are over did after it; an earlier one's leaves the others to a reader that comes back.
            var id = index == state.Open.Count - 1 ? state.LastEventId : open.EventId;
            await stream.TellAsync(open.Job.Status, id, JobView.Of(open.Job, outlook[index]));
        }
        return state.LastEventId;
    }

    private async Task FollowAsync(EventStream stream, Watcher watcher, string session, long seen, CancellationToken cancellationToken)
    {
        for (var wake = Wake.Changed; wake != Wake.Over; wake = await watcher.WaitAsync(seen, time.GetTimestamp()))
        {
            if (wake == Wake.Quiet) await stream.PingAsync();
            else seen = await TellChangesAsync(stream, session, seen, cancellationToken);
        }
    }

    private async Task<long> TellChangesAsync(EventStream stream, string session, long seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await events.AfterAsync(session, seen, PageSize, cancellationToken);
            foreach (var one in page)
            {
                seen = one.EventId;
                await stream.TellAsync(one.Change.Type, seen, JobView.At(one.Job, one.Change, await outlooks.AtAsync(one.Job, one.Change, cancellationToken)));
            }
            if (page.Count < PageSize) return seen;
        }
    }
}
