using System.Collections.Concurrent;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>Claims jobs for this process and keeps their leases, all in one statement a beat, apart from the work itself.</summary>
public sealed class JobLeases
{
    private readonly NpgsqlDataSource _database;
    private readonly JobOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<JobLeases> _logger;
    private readonly ConcurrentDictionary<(Guid JobId, long Fence), JobLease> _held = new();
    private readonly Batcher<Claim, JobLease?> _claims;

    /// <summary>For one process: jobs that are delivered at the same time are claimed together.</summary>
    public JobLeases(NpgsqlDataSource database, IOptions<JobOptions> options, TimeProvider time, ILogger<JobLeases> logger)
    {
        (_database, _options, _time, _logger) = (database, options.Value, time, logger);
        _claims = new(claim => claim.JobId.ToString(), ClaimAsync);
    }

    /// <summary>This process, in <c>lease_owner</c> and as the consumer's name: unique per start.</summary>
    public string Owner { get; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Claims the job if it is due and nobody else's; null if not. A claim that was begun is always answered, for the job would be held by nobody.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="streamId">The entry it was delivered with; null in the synchronous mode.</param>
    /// <param name="again">Whether an answer to this claim was lost: the job may be ours already without our knowing.</param>
    public Task<JobLease?> ClaimAsync(Guid jobId, string? streamId, bool again = false) => _claims.RunAsync(new(jobId, streamId, again), 0, CancellationToken.None);

    private async Task<IReadOnlyList<JobLease?>> ClaimAsync(IReadOnlyList<Claim> claims)
    {
        // Rows are locked in the order of their ids, here as everywhere: so two statements hardly ever hold what the other waits for.
        var ordered = claims.OrderBy(claim => claim.JobId).ToList();
        await using var connection = await _database.OpenConnectionAsync();
        var claimed = await connection.QueryAsync<Job>(new CommandDefinition($"""
            with j as (
              update jobs set status = 'running', stage = 'starting', progress = 0, attempt = attempt + (status = 'queued')::int, fence = fence + 1, version = version + 1,
                lease_owner = @Owner, lease_until = now() + @Lease, stream_id = delivered.entry, enqueued_at = coalesce(enqueued_at, now()),
                started_at = coalesce(started_at, now())
              from unnest(@JobIds, @StreamIds, @Agains) as delivered (id, entry, again)
              -- In a case for the look-up by id to come first: docs/decisions/0003.
              where job_id = delivered.id and case status when 'queued' then run_after <= now() and not cancel_requested
                when 'running' then again and lease_owner = @Owner and stream_id = delivered.entry end
              returning *, job_event_data(jobs) as event
            ), e as (
              -- In order: events of several sessions take their sessions' locks, and two batches must not take them crosswise.
              insert into job_events (job_id, job_version, type, data, session_id) select job_id, version, 'running', event, session_id from j order by session_id
            )
            select {JobColumns.All} from j
            """,
            new
            {
                JobIds = ordered.Select(claim => claim.JobId).ToArray(),
                StreamIds = ordered.Select(claim => claim.StreamId).ToArray(),
                Agains = ordered.Select(claim => claim.Again).ToArray(),
                Owner,
                _options.Lease,
            }));
        var leases = claimed.ToDictionary(job => job.JobId, Hold);
        return [.. claims.Select(claim => leases.GetValueOrDefault(claim.JobId))];
    }

    /// <summary>Forgets a lease whose job has ended or was handed back.</summary>
    public void Release(JobLease lease) => _held.TryRemove((lease.Job.JobId, lease.Job.Fence), out _);

    private JobLease Hold(Job job) => _held[(job.JobId, job.Fence)] = new JobLease(job);

    /// <summary>Tells a running job here that its cancel was asked for.</summary>
    public void Hint(Guid jobId)
    {
        foreach (var lease in _held.Values.Where(lease => lease.Job.JobId == jobId)) lease.Lose(LeaseLoss.Cancelled);
    }

    /// <summary>Beats until stopped, apart from the pool's threads.</summary>
    public Task KeepAsync(CancellationToken stopping) => new LeaseKeeper(_database, _options.Heartbeat, Beat, _logger).RunAsync(stopping);

    /// <summary>Renews all leases that this process holds, and loses those that it does not hold any more.</summary>
    internal void Beat(NpgsqlConnection connection)
    {
        var held = _held.Keys.ToArray();
        if (held.Length == 0) return;
        var kept = connection.Query<(Guid JobId, long Fence, bool CancelRequested)>("""
            with held as (
              select j.job_id from unnest(@JobIds, @Fences) as held (job_id, fence)
              -- In a case for the look-up by id to come first: docs/decisions/0003.
              join jobs j on j.job_id = held.job_id and case j.fence when held.fence then j.status = 'running' end
              order by j.job_id for update of j
            )
            update jobs j set lease_until = now() + @Lease from held where j.job_id = held.job_id
            returning j.job_id, j.fence, j.cancel_requested
            """,
            new { _options.Lease, JobIds = held.Select(key => key.JobId).ToArray(), Fences = held.Select(key => key.Fence).ToArray() },
            commandTimeout: (int)Math.Ceiling(_options.Heartbeat.TotalSeconds)).ToDictionary(row => (row.JobId, row.Fence), row => row.CancelRequested);
        foreach (var key in held)
        {
            if (!_held.TryGetValue(key, out var lease)) continue;
            if (!kept.TryGetValue(key, out var cancelRequested)) lease.Lose(LeaseLoss.Fenced);
            else if (cancelRequested) lease.Lose(LeaseLoss.Cancelled);
        }
    }

    private sealed record Claim(Guid JobId, string? StreamId, bool Again);
}
