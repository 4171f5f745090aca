using System.Text.Json;
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
    private const int MostBatches = 20;
    internal const long LockKey = 0x4976_6753_7765_6570;

    internal const string Expired = """
        select job_id, session_id from jobs where status = 'running' and lease_until < now() order by lease_until limit @Batch
        """;

    // A cancel that was asked for comes first; then poison: a job that took two workers with it is not given a third.
    // One worker's death ends no job, not even on the last attempt: that one is then given once more, so that no attempt is beyond the last.
    // The sessions' locks, as at every end: a slot freed here and a job submitted now must see each other.
    internal static readonly string Expire = $"""
        select count(pg_advisory_xact_lock(hashtextextended(session_id, 0))) from unnest(@SessionIds) session_id;
        with j as (
          update jobs set
            status = case when cancel_requested then 'cancelled' when crash_count >= 1 then 'failed' else 'queued' end,
            crash_count = crash_count + 1, version = version + 1, stage = null, lease_owner = null, lease_until = null, enqueued_at = null,
            progress = 0, run_after = now(), attempt = case when cancel_requested or crash_count >= 1 then attempt else least(attempt, max_attempts - 1) end,
            error = case when cancel_requested then null when crash_count >= 1 then @Poison::jsonb else @Lost::jsonb end,
            finished_at = case when cancel_requested or crash_count >= 1 then now() end,
            expires_at = case when cancel_requested or crash_count >= 1 then now() + @Keep end
          -- By id, and not by the index of leases, which a bare comparison would offer.
          where job_id = any(@JobIds) and status = 'running' and coalesce(lease_until < now(), false)
          returning *, job_event_data(jobs) as event
        ), e as (
          -- In order, as at claims.
          insert into job_events (job_id, job_version, type, data, session_id) select job_id, version, status, event, session_id from j order by session_id
        ), r as (
          update jobs set ready_at = now() where job_id in (
            select next.job_id from (select session_id, kind, count(*) as slots from j where status <> 'queued' group by session_id, kind) freed
            cross join lateral (
              select w.job_id from jobs w where w.session_id = freed.session_id and w.kind = freed.kind
                and w.finished_at is null and w.ready_at is null order by w.job_id limit freed.slots) next)
        )
        select {JobColumns.All} from j
        """;

    // What was made ready a moment ago is in the hands of whoever did.
    internal static readonly string Due = $"""
        select {JobColumns.All} from jobs j
        where status = 'queued' and ready_at is not null and enqueued_at is null and run_after <= now() and ready_at < now() - interval '1 second'
        order by run_after limit @Batch
        """;

    private static readonly string Lost = JsonSerializer.Serialize(new JobError(JobErrorCodes.WorkerLost,
        "The worker was lost while it worked on this job, so another one begins again.", true), IvgJson.Options);

    private static readonly string Poison = JsonSerializer.Serialize(new JobError(JobErrorCodes.WorkerLost,
        "Two workers were lost while they worked on this job, so it was not given to a third. Try a smaller or different picture.", false), IvgJson.Options);

    private readonly StreamSweeper _streams = new(database, stream);

    /// <summary>How long a consumer that holds nothing must have been silent to be forgotten.</summary>
    internal TimeSpan ConsumerSilence { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether a lease that ran out means that its worker is gone. Not so just after Postgres was away, when nobody could renew one.</summary>
    public bool TrustsLeases { get; set; } = true;

    /// <summary>One round over both queues; null, and nothing done, while another replica is at it.</summary>
    /// <param name="reconcile">Whether to compare rows with the streams too, which costs more.</param>
    /// <param name="cancellationToken">Ends the round.</param>
    public Task<SweepOutcome?> SweepAsync(bool reconcile, CancellationToken cancellationToken) =>
        SweepAsync("pg_try_advisory_xact_lock(@LockKey)", reconcile, cancellationToken);

    /// <summary>A whole round for somebody who asks for it, after the one that may be under way.</summary>
    public async Task<SweepOutcome> SweepNowAsync(CancellationToken cancellationToken) =>
        (await SweepAsync("pg_advisory_xact_lock(@LockKey) is not null", reconcile: true, cancellationToken))!;

    private async Task<SweepOutcome?> SweepAsync(string takeLock, bool reconcile, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // A process that freezes in the middle of its round, or is cut off from Postgres, must not keep all others from theirs.
        var mine = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            $"set local idle_in_transaction_session_timeout = '10s'; select {takeLock}", new { LockKey }, transaction, cancellationToken: cancellationToken));
        if (!mine) return null;
        var freed = TrustsLeases ? await ExpireLeasesAsync(cancellationToken) : [];
        var ended = freed.Count(job => job.IsFinal);
        // In the synchronous mode rows are worked on where they were made, and there is no stream.
        if (!options.Value.AsyncTasksEnabled) return new SweepOutcome(freed.Count - ended, ended);
        if (reconcile)
        {
            foreach (var kind in Enum.GetValues<JobKind>())
            {
                var queue = kind.Queue();
                await stream.EnsureGroupAsync(queue);
                await _streams.SettlePendingAsync(queue, options.Value.Lease, cancellationToken);
                await stream.Repair.ForgetConsumersAsync(queue, ConsumerSilence);
                await _streams.RemoveOrphansAsync(queue, cancellationToken);
                await _streams.FindLostAsync(kind, cancellationToken);
            }
        }
        // Those that were freed are among the due.
        return new SweepOutcome(await EnqueueAsync(cancellationToken), ended);
    }

    private async Task<IReadOnlyList<Job>> ExpireLeasesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var lost = (await connection.QueryAsync<(Guid JobId, string SessionId)>(new CommandDefinition(
            Expired, new { Batch }, cancellationToken: cancellationToken))).ToList();
        if (lost.Count == 0) return [];
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(Expire, new
        {
            JobIds = lost.Select(job => job.JobId).ToArray(),
            SessionIds = lost.Select(job => job.SessionId).Distinct().Order(StringComparer.Ordinal).ToArray(),
            Keep = TimeSpan.FromSeconds(options.Value.JobResultExpires),
            Lost,
            Poison,
        }, cancellationToken: cancellationToken));
        await results.ReadAsync();
        var expired = (await results.ReadAsync<Job>()).ToList();
        JobTelemetry.Lost(expired.Count);
        foreach (var job in expired)
        {
            if (job.IsFinal) JobTelemetry.Finished(job, JobWords.ToStatus(job.Status)!.Value, job.Status == "failed" ? JobErrorCodes.WorkerLost : "cancelled");
            notifier.Changed(job);
        }
        // The dead workers' entries are still pending; jobs that go on get new ones. Should Redis be away, they are found there later.
        if (!options.Value.AsyncTasksEnabled) return expired;
        foreach (var queue in expired.Where(job => job.StreamId is not null).GroupBy(job => job.Queue))
            await stream.CompleteAsync(queue.Key, queue.Select(job => job.StreamId!));
        return expired;
    }

    private async Task<int> EnqueueAsync(CancellationToken cancellationToken)
    {
        var enqueued = 0;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        for (var batch = 0; batch < MostBatches; batch++)
        {
            var due = (await connection.QueryAsync<Job>(new CommandDefinition(Due, new { Batch }, cancellationToken: cancellationToken))).ToList();
            if (due.Count > 0) await dispatcher.DispatchAsync(due, cancellationToken);
            enqueued += due.Count;
            if (due.Count < Batch) break;
        }
        return enqueued;
    }
}
