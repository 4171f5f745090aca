using Ivg.Core.Jobs;

namespace Ivg.Api.Jobs;

/// <summary>Finds a job's place in the queue and the time that it usually takes.</summary>
internal sealed class JobOutlooks(QueuePlaces places, UsualTimes times)
{
    /// <summary>Of a job as it is now.</summary>
    public async ValueTask<Outlook> OfAsync(Job job, CancellationToken cancellationToken) => (await OfAsync([job], cancellationToken))[0];

    /// <summary>Of many as they are now, in their order; their places in one query.</summary>
    public async Task<IReadOnlyList<Outlook>> OfAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        var found = await places.OfAsync(jobs, cancellationToken);
        var outlooks = new List<Outlook>(jobs.Count);
        foreach (var job in jobs)
            outlooks.Add(job.IsFinal ? default : new(found.TryGetValue(job.JobId, out var place) ? place : null, await times.OfAsync(job.Kind, cancellationToken)));
        return outlooks;
    }

    /// <summary>Of a job at an event. Its place only where it waits still: where it stood when an old event was written, nobody knows any more.</summary>
    public async ValueTask<Outlook> AtAsync(Job job, JobEvent change, CancellationToken cancellationToken) =>
        job.IsFinal ? default
        : change.Version == job.Version ? await OfAsync(job, cancellationToken)
        : new(null, await times.OfAsync(job.Kind, cancellationToken));
}
