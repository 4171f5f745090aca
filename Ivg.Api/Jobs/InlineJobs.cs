using Ivg.Api.Errors;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Jobs;

/// <summary>The synchronous mode: the request itself claims the job and runs its attempts, when it is its session's turn.</summary>
internal sealed class InlineJobs(
    JobLeases leases, JobRunner runner, JobQueries queries, InlineSlots slots, IHostApplicationLifetime lifetime, TimeProvider time, IOptions<JobOptions> options)
{
    /// <summary>A place for a job that is not there yet: whom none is free for is told so while there is nothing to lose.</summary>
    /// <exception cref="ApiException">503 <c>unavailable</c>.</exception>
    public Task<IDisposable> EnterAsync(JobKind kind, CancellationToken cancellationToken) => slots.Of(kind.Word()).TakeAsync(cancellationToken);

    /// <summary>
    /// Runs the job to its end; the caller's leaving does not stop it, for the row is there and somebody may ask for it.
    /// Of a process that stops, the job comes back queued: another one will see to it.
    /// </summary>
    /// <param name="job">As it was submitted or found.</param>
    /// <param name="slot">The place that was taken for it, which it gives back; null when it has to wait for one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Job> RunAsync(Job job, IDisposable? slot, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        while (!job.IsFinal && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // No place is held while it is others' turn, or while a back-off lasts.
            if (!await TryRunAsync(job, slot, over.Token))
            {
                slot?.Dispose();
                await PauseAsync(over.Token);
            }
            slot = null;
            cancellationToken.ThrowIfCancellationRequested();
            // Erased meanwhile, with all that its session held.
            if (await queries.FindAsync(job.SessionId, job.JobId, cancellationToken) is not { } found)
                return job with { Status = "cancelled", Stage = null, FinishedAt = time.GetUtcNow() };
            job = found;
        }
        return job;
    }

    private async Task<bool> TryRunAsync(Job job, IDisposable? slot, CancellationToken over)
    {
        if (job is not { Status: "queued", ReadyAt: not null }) return false;
        try
        {
            using (slot ?? await slots.Of(job.Kind).WaitAsync(over))
            {
                if (await leases.ClaimAsync(job.JobId, streamId: null) is not { } lease) return false;
                await RunAsync(lease);
                return true;
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return false;
        }
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
