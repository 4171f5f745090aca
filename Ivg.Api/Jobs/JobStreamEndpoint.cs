using System.Diagnostics;
using Ivg.Api.Sessions;
using Ivg.Core.Jobs;

namespace Ivg.Api.Jobs;

/// <summary>A job as server-sent events.</summary>
internal sealed class JobStreamEndpoint(JobQueries queries, JobWatchers watchers, StreamSlots slots, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public static async Task StreamAsync(string jobId, HttpContext context, Caller caller, JobStreamEndpoint endpoint) =>
        await endpoint.StreamAsync(jobId, context, caller.Session, await endpoint.SeenAsync(jobId, context, caller));

    // The job's row is let go before the long wait: thousands of streams wait at once.
    private async Task<long?> SeenAsync(string jobId, HttpContext context, Caller caller)
    {
        var job = await JobsApi.FindAsync(jobId, caller, queries, context.RequestAborted);
        var seen = EventStream.LastEventId(context.Request) ?? 0;
        if (job.IsFinal && seen >= job.Version) return null;
        // The reader's request is a trace of its own; from here one gets to the job's.
        if (ActivityContext.TryParse(job.TraceParent, null, isRemote: true, out var submitted)) Activity.Current?.AddLink(new(submitted));
        return seen > job.Version ? 0 : seen;
    }

    private async Task StreamAsync(string jobId, HttpContext context, string session, long? seen)
    {
        if (seen is not { } from)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        using var slot = slots.Take(session);
        var id = Guid.Parse(jobId);
        // Watching begins before reading, so that no change falls in between.
        using var watcher = watchers.Watch(id, context.RequestAborted);
        await new EventStream(context, lifetime.ApplicationStopping).RunAsync(stream => TellAsync(stream, watcher, session, id, from, context.RequestAborted));
    }

    private async Task TellAsync(EventStream stream, Watcher watcher, string session, Guid jobId, long seen, CancellationToken cancellationToken)
    {
        await stream.BeginAsync();
        var told = seen == 0 ? await TellStateAsync(stream, session, jobId, cancellationToken) : (Seen: seen, IsOver: false);
        var wake = Wake.Changed;
        while (wake != Wake.Over && !told.IsOver)
        {
            if (wake == Wake.Quiet) await stream.PingAsync();
            else told = await TellChangesAsync(stream, session, jobId, told.Seen, cancellationToken);
            if (!told.IsOver) wake = await watcher.WaitAsync(told.Seen, time.GetTimestamp());
        }
    }

    private async Task<(long Seen, bool IsOver)> TellStateAsync(EventStream stream, string session, Guid jobId, CancellationToken cancellationToken)
    {
        if (await queries.FindAsync(session, jobId, cancellationToken) is not { } job) return (0, true);
        await stream.TellAsync(job.Status, job.Version, JobView.Of(job, await PositionAsync(job, cancellationToken)));
        return (job.Version, job.IsFinal);
    }

    private async Task<(long Seen, bool IsOver)> TellChangesAsync(EventStream stream, string session, Guid jobId, long seen, CancellationToken cancellationToken)
    {
        var events = await queries.EventsAsync(jobId, seen, cancellationToken);
        // A job that was erased has no events either.
        if (await queries.FindAsync(session, jobId, cancellationToken) is not { } job) return (seen, true);
        if (events.Count == 0) return (seen, false);
        foreach (var change in events)
        {
            await stream.TellAsync(change.Type, change.Version, JobView.At(job, change, change.Type == "queued" ? await PositionAsync(job, cancellationToken) : null));
            seen = change.Version;
        }
        return (seen, events[^1].Type is "succeeded" or "failed" or "cancelled");
    }

    private async Task<int?> PositionAsync(Job job, CancellationToken cancellationToken) =>
        job.Status == "queued" ? await queries.PositionAsync(job, cancellationToken) : null;
}
