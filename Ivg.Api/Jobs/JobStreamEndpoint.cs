using System.Diagnostics;
using Ivg.Api.Sessions;
using Ivg.Core.Jobs;

namespace Ivg.Api.Jobs;

/// <summary>A job as server-sent events.</summary>
internal sealed class JobStreamEndpoint(
    JobQueries queries, JobOutlooks outlooks, JobWatchers watchers, StreamSlots slots, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public static async Task StreamAsync(string jobId, HttpContext context, Caller caller, JobStreamEndpoint endpoint) =>
        await endpoint.StreamAsync(context, caller.Session, await endpoint.BeginAsync(jobId, context, caller));

    private async Task<(Job Job, long? Seen)> BeginAsync(string jobId, HttpContext context, Caller caller)
    {
        var job = await JobsApi.FindAsync(jobId, caller, queries, context.RequestAborted);
        var seen = EventStream.LastEventId(context.Request) ?? 0;
        if (job.IsFinal && seen >= job.Version) return (job, null);
        // The reader's request is a trace of its own; from here one gets to the job's.
        if (ActivityContext.TryParse(job.TraceParent, null, isRemote: true, out var submitted)) Activity.Current?.AddLink(new(submitted));
        // Thousands of streams wait at once, so the long parts of the row are let go; the rest says what the job was should it be erased.
        return (job with { Payload = "", Result = null, CallbackUrl = null }, seen > job.Version ? 0 : seen);
    }

    private async Task StreamAsync(HttpContext context, string session, (Job Job, long? Seen) begin)
    {
        if (begin.Seen is not { } from)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        using var slot = slots.Take(session);
        // Watching begins before reading, so that no change falls in between.
        using var watcher = watchers.Watch(begin.Job.JobId, context.RequestAborted);
        await new EventStream(context, lifetime.ApplicationStopping).RunAsync(stream => TellAsync(stream, watcher, session, begin.Job, from, context.RequestAborted));
    }

    private async Task TellAsync(EventStream stream, Watcher watcher, string session, Job known, long seen, CancellationToken cancellationToken)
    {
        await stream.BeginAsync();
        var told = seen == 0 ? await TellStateAsync(stream, session, known, cancellationToken) : (Seen: seen, IsOver: false);
        var wake = Wake.Changed;
        while (wake != Wake.Over && !told.IsOver)
        {
            if (wake == Wake.Quiet) await stream.PingAsync();
            else told = await TellChangesAsync(stream, session, known, told.Seen, cancellationToken);
            if (!told.IsOver) wake = await watcher.WaitAsync(told.Seen, time.GetTimestamp());
        }
    }

    private async Task<(long Seen, bool IsOver)> TellStateAsync(EventStream stream, string session, Job known, CancellationToken cancellationToken)
    {
        if (await queries.FindAsync(session, known.JobId, cancellationToken) is not { } job) return await TellErasedAsync(stream, known, known.Version);
        await stream.TellAsync(job.Status, job.Version, JobView.Of(job, await outlooks.OfAsync(job, cancellationToken)));
        return (job.Version, job.IsFinal);
    }

    private async Task<(long Seen, bool IsOver)> TellChangesAsync(EventStream stream, string session, Job known, long seen, CancellationToken cancellationToken)
    {
        var events = await queries.EventsAsync(known.JobId, seen, cancellationToken);
        if (await queries.FindAsync(session, known.JobId, cancellationToken) is not { } job) return await TellErasedAsync(stream, known, seen);
        if (events.Count == 0) return (seen, false);
        foreach (var change in events)
        {
            await stream.TellAsync(change.Type, change.Version, JobView.At(job, change, await outlooks.AtAsync(job, change, cancellationToken)));
            seen = change.Version;
        }
        return (seen, events[^1].Type is "succeeded" or "failed" or "cancelled");
    }

    // Row and events are gone, so this end is told from what was known when the stream began.
    private async Task<(long Seen, bool IsOver)> TellErasedAsync(EventStream stream, Job known, long seen)
    {
        var erased = known with { Status = JobStatus.Cancelled.Word(), Stage = null, Version = seen + 1, Error = null, FinishedAt = time.GetUtcNow(), ExpiresAt = null };
        await stream.TellAsync(erased.Status, erased.Version, JobView.Of(erased, default));
        return (erased.Version, true);
    }
}
