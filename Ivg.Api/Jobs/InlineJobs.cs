using Ivg.Core.Jobs;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Jobs;

/// <summary>The synchronous mode: the request itself claims the job and runs its attempts, when it is its session's turn.</summary>
internal sealed class InlineJobs(
    JobLeases leases, JobRunner runner, JobQueries queries, IHostApplicationLifetime lifetime, TimeProvider time, IOptions<JobOptions> options)
{
    /// <summary>
    /// Runs the job to its end; the caller's leaving does not stop it, for the row is there and somebody may ask for it.
    /// Of a process that stops, the job comes back queued: another one will see to it.
    /// </summary>
    public async Task<Job> RunAsync(Job job, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        while (!job.IsFinal && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            if (job.ReadyAt is not null && await leases.ClaimAsync(job.JobId, streamId: null) is { } lease) await RunAsync(lease);
            else await PauseAsync(over.Token);
            cancellationToken.ThrowIfCancellationRequested();
            // Erased meanwhile, with all that its session held.
            if (await queries.FindAsync(job.SessionId, job.JobId, cancellationToken) is not { } found)
                return job with { Status = "cancelled", Stage = null, FinishedAt = time.GetUtcNow() };
            job = found;
        }
        return job;
    }

    private async Task PauseAsync(CancellationToken over) =>
        await Task.Delay(TimeSpan.FromSeconds(Math.Min(0.25, options.Value.BackoffSeconds)), time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task RunAsync(JobLease lease)
    {
        await using var stop = lifetime.ApplicationStopping.Register(() => _ = HandBackAsync(lease));
        await runner.RunAsync(lease);
    }

    private async Task HandBackAsync(JobLease lease)
    {
        await Task.Delay(TimeSpan.FromSeconds(options.Value.GraceSeconds), time);
        lease.Lose(LeaseLoss.Draining);
    }
}
