using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>When a place will be free for somebody whose queue is full, by what the queue has done of late.</summary>
public sealed class QueuePace(NpgsqlDataSource database, QueuePlaces places, IOptions<JobOptions> options)
{
    private const int Shortest = 1;
    private const int Longest = 600;

    // Where nothing was measured yet: about what a picture takes.
    private const double Unmeasured = 10;

    // A place is free when a job starts, so those that started are counted: since the oldest one began to wait, for before that nobody had to.
    // Where none has, it is the queue's pace: Little's law over the newest ends and what runs now.
    private const string Measure = """
        with waiting as (
          select count(*)::int as jobs, min(created_at) as since, (array_agg(kind order by job_id))[1] as kind, (array_agg(job_id order by job_id))[1] as oldest
          from (select job_id, kind, created_at from jobs where $whose and finished_at is null and status = 'queued' order by job_id limit 1000) w
        )
        select w.jobs, w.oldest, extract(epoch from now() - w.since)::float8 as waited,
          extract(epoch from least(now() - w.since, interval '10 minutes'))::float8 as watched,
          (select count(*)::int from (select started_at from jobs where session_id = @sessionId order by job_id desc limit 1000) newest
            where started_at > greatest(w.since, now() - interval '10 minutes')) as started,
          (select count(*)::int from jobs j where j.lease_until is not null and j.status = 'running' and j.kind = w.kind) as running,
          (select avg(extract(epoch from finished_at - started_at))::float8 from (select finished_at, started_at from jobs j
            where j.status in ('succeeded', 'failed') and j.kind = w.kind and j.finished_at > now() - interval '1 hour'
            order by j.finished_at desc limit 50) newest) as run_time
        from waiting w
        """;

    private static readonly string OfSession = Measure.Replace("$whose", "session_id = @sessionId", StringComparison.Ordinal);
    private static readonly string OfTenant = Measure.Replace("$whose", "tenant_id = @tenantId", StringComparison.Ordinal);

    /// <summary>Seconds for <c>Retry-After</c>, 1 to 600, after <see cref="SubmitOutcome.QueueFull"/> or <see cref="SubmitOutcome.TenantFull"/>.</summary>
    public async Task<int> RetryAfterAsync(SubmitOutcome full, string sessionId, string? tenantId, CancellationToken cancellationToken)
    {
        var (statement, most) = full == SubmitOutcome.TenantFull
            ? (OfTenant, options.Value.MaxQueuedPerTenant)
            : (OfSession, options.Value.MaxQueuedPerUser);
        var pace = await MeasureAsync(statement, new { sessionId, tenantId }, cancellationToken);
        var ahead = pace.Oldest is { } oldest ? await places.OfAsync(oldest, cancellationToken) - 1 : 0;
        var seconds = pace.Estimate(mustStart: Math.Max(1, pace.Jobs - most + 1), ahead, full == SubmitOutcome.QueueFull);
        return (int)Math.Ceiling(Math.Clamp(seconds, Shortest, Longest));
    }

    private async Task<Figures> MeasureAsync(string statement, object whose, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<Figures>(new CommandDefinition(statement, whose, cancellationToken: cancellationToken));
    }

    private sealed record Figures
    {
        public int Jobs { get; init; }
        public Guid? Oldest { get; init; }
        public double? Waited { get; init; }
        public double? Watched { get; init; }
        public int Started { get; init; }
        public int Running { get; init; }
        public double? RunTime { get; init; }

        public double Estimate(int mustStart, int ahead, bool ofSession)
        {
            // Everything that waited has started meanwhile.
            if (Waited is not { } waited || Watched is not { } watched) return Shortest;
            if (ofSession && Started > 0) return mustStart * watched / Started;
            var queue = RunTime is { } runTime ? (ahead + mustStart) * runTime / Math.Max(1, Running) : Unmeasured;
            // Nothing of the session's has started for so long: likely it takes as long again, whatever others see.
            return ofSession ? Math.Max(queue, waited) : queue;
        }
    }
}
