using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>Cancels jobs: a queued one at once, a running one through its worker.</summary>
public sealed class JobCanceller(
    NpgsqlDataSource database, JobQueries queries, JobDispatcher dispatcher, JobNotifier notifier, IOptions<JobOptions> options)
{
    /// <summary>Asks for the cancel and returns the job as it is then; null when the session has no such job.</summary>
    public async Task<Job?> CancelAsync(string sessionId, Guid jobId, CancellationToken cancellationToken)
    {
        var rows = await AskAsync(sessionId, jobId, cancellationToken);
        var job = rows.Find(row => row.JobId == jobId);
        if (job is null) return await queries.FindAsync(sessionId, jobId, cancellationToken);
        if (job.IsFinal) JobTelemetry.Finished(job, JobStatus.Cancelled, "cancelled");
        else notifier.CancelRequested(jobId);
        notifier.Changed(job);
        await dispatcher.TryDispatchAsync([.. rows.Where(row => row.JobId != jobId)]);
        return job;
    }

    private async Task<List<Job>> AskAsync(string sessionId, Guid jobId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition($"""
            select pg_advisory_xact_lock(hashtextextended(@sessionId, 0));
            with j as (
              update jobs set version = version + 1, cancel_requested = true,
                status = case when status = 'queued' then 'cancelled' else status end,
                error = case when status = 'queued' then null else error end,
                finished_at = case when status = 'queued' then now() end,
                expires_at = case when status = 'queued' then now() + @Keep end
              where job_id = @jobId and session_id = @sessionId and status in ('queued', 'running') and not cancel_requested
              returning *, job_event_data(jobs) as event
            ), e as (
              insert into job_events (job_id, job_version, type, data, session_id)
              select job_id, version, case when status = 'cancelled' then 'cancelled' else 'progress' end, event, session_id from j
            ), r as (
              update jobs set ready_at = now() where job_id = (
                select w.job_id from jobs w join j on j.status = 'cancelled' and j.ready_at is not null and w.kind = j.kind
                where w.session_id = @sessionId and w.finished_at is null and w.ready_at is null and w.job_id <> @jobId order by w.job_id limit 1)
              returning *
            )
            select {JobColumns.All} from j union all select {JobColumns.Of("r")} from r;
            """, new { sessionId, jobId, Keep = TimeSpan.FromSeconds(options.Value.JobResultExpires) }, cancellationToken: cancellationToken));
        await results.ReadAsync();
        return [.. await results.ReadAsync<Job>()];
    }
}
