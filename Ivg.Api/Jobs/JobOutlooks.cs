using Ivg.Core.Jobs;

namespace Ivg.Api.Jobs;

/// <summary>Finds a job's place in the queue and the time that it usually takes.</summary>
internal sealed class JobOutlooks(JobQueries queries, UsualTimes times)
{
    /// <summary>Of a job as it is now.</summary>
    public async ValueTask<Outlook> OfAsync(Job job, CancellationToken cancellationToken) =>
        job.IsFinal ? default : new(await PositionAsync(job, cancellationToken), await times.OfAsync(job.Kind, cancellationToken));

    /// <summary>Of a job at an event. Its place only where it waits still: where it stood when an old event was written, nobody knows any more.</summary>
    public async ValueTask<Outlook> AtAsync(Job job, JobEvent change, CancellationToken cancellationToken) =>
        job.IsFinal ? default
        : change.Version == job.Version ? await OfAsync(job, cancellationToken)
        : new(null, await times.OfAsync(job.Kind, cancellationToken));

    private async ValueTask<int?> PositionAsync(Job job, CancellationToken cancellationToken) =>
        job.Status == "queued" ? await queries.PositionAsync(job, cancellationToken) : null;
}
