using Dapper;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>Where queued jobs stand: how many of their kind are served before them, plus one.</summary>
public sealed class QueuePlaces(NpgsqlDataSource database)
{
    // Beyond this many a place in the queue is no figure that helps anybody, and counting them all would cost.
    private const int MostCounted = 1000;

    // The stream is served in the order of its entries. A ready job without one (it was added a moment ago, or Redis is away, or it is backing off)
    // gets it when it is due, after all that stand there. A job that waits for its session's turn comes after everything that is due now,
    // and after its session's older ones. Each count is told its index by an order and by what it says of `finished_at`, and reads no more of it
    // than it counts: left to itself the planner would read the table to the end for the last of a thousand.
    internal const string Select = """
        with asked as (
          select job_id, session_id, kind, ready_at is null as waits, coalesce(enqueued_at, 'infinity') as stands_at,
            case when enqueued_at is not null then '-infinity' when ready_at is null then now() else greatest(ready_at, run_after) end as due_at,
            case when ready_at is null then 'ffffffff-ffff-ffff-ffff-ffffffffffff' else job_id end as tie
          from jobs where job_id = any(@JobIds) and status = 'queued'
        ), ahead as materialized (
          -- All that wait for their turn share this, however many of them are asked for.
          select place.*, (
            select count(*) from (select from jobs a where a.status = 'queued' and a.enqueued_at is not null and a.kind = place.kind
              and (a.enqueued_at, a.job_id) < (place.stands_at, place.tie) order by a.enqueued_at limit @MostCounted) standing) + (
            select count(*) from (select from jobs a where a.status = 'queued' and a.ready_at is not null and a.enqueued_at is null and a.kind = place.kind
              and a.run_after <= place.due_at and (greatest(a.ready_at, a.run_after), a.job_id) < (place.due_at, place.tie) order by a.run_after limit @MostCounted) due) as jobs
          from (select distinct kind, stands_at, due_at, tie from asked) place
        )
        select asked.job_id, 1 + least(@MostCounted, ahead.jobs + case when asked.waits then (
          select count(*) from (select from jobs w where w.session_id = asked.session_id and w.kind = asked.kind and w.finished_at is null
            and w.ready_at is null and w.job_id < asked.job_id order by w.job_id limit @MostCounted) own) else 0 end)::int as place
        from asked join ahead on (ahead.kind, ahead.stands_at, ahead.due_at, ahead.tie) = (asked.kind, asked.stands_at, asked.due_at, asked.tie)
        """;

    /// <summary>The places of those among these that are queued, in one query.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> OfAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        var queued = jobs.Where(job => job.Status == "queued").Select(job => job.JobId).ToArray();
        return queued.Length == 0 ? new Dictionary<Guid, int>() : await OfAsync(queued, cancellationToken);
    }

    /// <summary>The place of one that was queued when it was read.</summary>
    public async Task<int> OfAsync(Guid jobId, CancellationToken cancellationToken) => (await OfAsync([jobId], cancellationToken))[jobId];

    private async Task<Dictionary<Guid, int>> OfAsync(Guid[] queued, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var places = (await connection.QueryAsync<(Guid JobId, int Place)>(new CommandDefinition(
            Select, new { JobIds = queued, MostCounted }, cancellationToken: cancellationToken))).ToDictionary(row => row.JobId, row => row.Place);
        // One that has been started since it was read was the next.
        return queued.ToDictionary(id => id, id => places.GetValueOrDefault(id, 1));
    }
}
