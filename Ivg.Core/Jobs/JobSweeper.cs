using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>
/// Heals what the fast path lost, on whichever replica holds the advisory lock: rows without an entry, leases that ran out, entries of dead workers,
/// an empty Redis.
/// </summary>
public sealed class JobSweeper(NpgsqlDataSource database, JobStream stream, JobDispatcher dispatcher, JobNotifier notifier, IOptions<JobOptions> options)
{
    private const int Batch = 500;
    private const long LockKey = 0x4976_6753_7765_6570;

    /// <summary>One round over both queues; does nothing while another replica is at it.</summary>
    /// <param name="reconcile">Whether to compare rows with the stream too, which costs more.</param>
    /// <param name="cancellationToken">Ends the round.</param>
    public async Task SweepAsync(bool reconcile, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // A process that freezes in the middle of its round, or is cut off from Postgres, must not keep all others from theirs.
        var mine = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "set local idle_in_transaction_session_timeout = '10s'; select pg_try_advisory_xact_lock(@LockKey)", new { LockKey }, transaction, cancellationToken: cancellationToken));
        if (!mine) return;
        await ExpireLeasesAsync(cancellationToken);
        // In the synchronous mode rows are worked on where they were made, and there is no stream.
        if (!options.Value.AsyncTasksEnabled) return;
        await EnqueueAsync(cancellationToken);
        if (!reconcile) return;
        foreach (var queue in new[] { JobKind.Variation.Queue(), JobKind.BackgroundRemoval.Queue() })
        {
            await stream.EnsureGroupAsync(queue);
            await ForgetPendingOfTheDeadAsync(queue, cancellationToken);
        }
        await FindLostEntriesAsync(cancellationToken);
    }

    private async Task ExpireLeasesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // A cancel that was asked for comes first; then poison: a job that took two workers with it is not given a third.
        var expired = (await connection.QueryAsync<Job>(new CommandDefinition($"""
            with lost as (
              select job_id from jobs where status = 'running' and lease_until < now() order by lease_until limit {Batch} for update skip locked
            ), j as (
              update jobs set
                status = case when cancel_requested then 'cancelled' when crash_count >= 1 then 'failed' else 'queued' end,
                crash_count = crash_count + 1, version = version + 1, stage = null, lease_owner = null, lease_until = null, enqueued_at = null,
                progress = 0, run_after = now(),
                error = case when cancel_requested then null when crash_count >= 1 then @Error::jsonb end,
                finished_at = case when cancel_requested or crash_count >= 1 then now() end,
                expires_at = case when cancel_requested or crash_count >= 1 then now() + @Keep end
              where job_id in (select job_id from lost)
              returning *, job_event_data(jobs) as event
            ), e as (
              -- In order, as at claims.
              insert into job_events (job_id, job_version, type, data, session_id) select job_id, version, status, event, session_id from j order by session_id
            )
            select {JobColumns.All} from j
            """,
            new
            {
                Keep = TimeSpan.FromSeconds(options.Value.JobResultExpires),
                Error = System.Text.Json.JsonSerializer.Serialize(new JobError(JobErrorCodes.WorkerLost,
                    "Two workers were lost while they worked on this job, so it was not given to a third. Try a smaller or different picture.", false), IvgJson.Options),
            }, cancellationToken: cancellationToken))).ToList();
        if (expired.Count == 0) return;
        JobTelemetry.Lost(expired.Count);
        foreach (var job in expired)
        {
            // The dead worker's entry is still pending; the job gets a new one below.
            if (job.StreamId is { } streamId && options.Value.AsyncTasksEnabled) await stream.CompleteAsync(job.Queue, streamId);
            if (job.IsFinal) await ReleaseNextAsync(connection, job, cancellationToken);
            notifier.Changed(job);
        }
    }

    private static Task<int> ReleaseNextAsync(NpgsqlConnection connection, Job job, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition("""
            update jobs set ready_at = now() where job_id = (
              select job_id from jobs where session_id = @SessionId and kind = @Kind and finished_at is null and ready_at is null
              order by job_id limit 1 for update skip locked)
            """, new { job.SessionId, job.Kind }, cancellationToken: cancellationToken));

    private async Task EnqueueAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // A new row that was committed a moment ago is in its submitter's hands still.
        var due = (await connection.QueryAsync<Job>(new CommandDefinition($"""
            select {JobColumns.All} from jobs j
            where status = 'queued' and ready_at is not null and enqueued_at is null and run_after <= now()
              and (attempt > 0 or crash_count > 0 or ready_at < now() - interval '1 second')
            order by run_after limit {Batch}
            """, cancellationToken: cancellationToken))).ToList();
        if (due.Count > 0) await dispatcher.DispatchAsync(due, cancellationToken);
    }

    private async Task ForgetPendingOfTheDeadAsync(string queue, CancellationToken cancellationToken)
    {
        foreach (var streamId in await stream.PendingAsync(queue, options.Value.Lease, Batch))
        {
            var jobId = await stream.FindJobAsync(queue, streamId);
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            var running = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                "select exists (select from jobs where job_id = @jobId and status = 'running' and stream_id = @streamId)",
                new { jobId, streamId }, cancellationToken: cancellationToken));
            if (running) continue;
            await connection.ExecuteAsync(new CommandDefinition(
                "update jobs set enqueued_at = null, stream_id = null where job_id = @jobId and status = 'queued' and stream_id = @streamId",
                new { jobId, streamId }, cancellationToken: cancellationToken));
            await stream.CompleteAsync(queue, streamId);
        }
    }

    private async Task FindLostEntriesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var oldest = (await connection.QueryAsync<Job>(new CommandDefinition($"""
            select {JobColumns.All} from jobs j where status = 'queued' and enqueued_at < now() - interval '5 seconds' order by enqueued_at limit {Batch}
            """, cancellationToken: cancellationToken))).ToList();
        var present = await Task.WhenAll(oldest.Select(job => stream.ContainsAsync(job.Queue, job.StreamId ?? "0-1")));
        var lost = oldest.Where((_, index) => !present[index]).Select(job => job.JobId).ToArray();
        if (lost.Length == 0) return;
        await connection.ExecuteAsync(new CommandDefinition(
            "update jobs set enqueued_at = null, stream_id = null where job_id = any(@lost) and status = 'queued'",
            new { lost }, cancellationToken: cancellationToken));
        await EnqueueAsync(cancellationToken);
    }
}
