using Ivg.Core.Jobs;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Jobs;

/// <summary>The synchronous mode: the request itself claims the job and runs its attempts.</summary>
internal sealed class InlineJobs(JobLeases leases, JobRunner runner, JobQueries queries, TimeProvider time, IOptions<JobOptions> options)
{
    /// <summary>Runs the job to its end; the caller's leaving does not stop it, for the row is there and somebody may ask for it.</summary>
    public async Task<Job> RunAsync(Job job, CancellationToken cancellationToken)
    {
        while (!job.IsFinal)
        {
            if (await leases.ClaimAsync(job.JobId, streamId: null) is { } lease) await runner.RunAsync(lease);
            else await Task.Delay(TimeSpan.FromSeconds(Math.Min(0.25, options.Value.BackoffSeconds)), time, cancellationToken);
            job = await queries.FindAsync(job.SessionId, job.JobId, cancellationToken) ?? job;
        }
        return job;
    }
}
