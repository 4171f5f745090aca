using System.Text.Json;
using Dapper;
using Ivg.Core.Jobs;
using Npgsql;

namespace Ivg.Core.Queues;

/// <summary>What goes on in the queues, and their pauses. Every figure is read from a bounded part of an index: a million rows cost what none do.</summary>
public sealed class QueueMonitor(NpgsqlDataSource database)
{
    private const int MostCounted = 10_000;
    private const int MostTimed = 2_000;
    private const int MostFailures = 5_000;

    private static readonly Dictionary<string, JobKind> Kinds = Enum.GetValues<JobKind>().ToDictionary(kind => kind.Queue());

    /// <summary>All queues.</summary>
    public async Task<IReadOnlyList<QueueState>> ReadAllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var states = new List<QueueState>();
        foreach (var queue in Kinds.Keys) states.Add(await ReadAsync(connection, queue, cancellationToken));
        return states;
    }

    /// <summary>Pauses or resumes a queue and returns it; null when there is none of that name.</summary>
    public async Task<QueueState?> SetPausedAsync(string queue, bool paused, CancellationToken cancellationToken)
    {
        if (!Kinds.ContainsKey(queue)) return null;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "update queues set paused_at = case when @paused then coalesce(paused_at, now()) end where queue = @queue",
            new { queue, paused }, cancellationToken: cancellationToken));
        return await ReadAsync(connection, queue, cancellationToken);
    }

    private static async Task<QueueState> ReadAsync(NpgsqlConnection connection, string queue, CancellationToken cancellationToken)
    {
        var kind = Kinds[queue].Word();
        using var results = await connection.QueryMultipleAsync(new CommandDefinition("""
            select @queue as queue,
              (select paused_at is not null from queues where queue = @queue) as paused,
              (select count(*) from (select from jobs where status = 'queued' and finished_at is null and kind = @kind limit @MostCounted) counted) as depth,
              (select count(*)::int from jobs where lease_until is not null and status = 'running' and kind = @kind) as running,
              (select extract(epoch from now() - created_at)::float8 from jobs where status = 'queued' and finished_at is null and kind = @kind order by job_id limit 1) as oldest_age_s,
              -- So many in less than a minute is a rate as well.
              (select case when count(*) < @MostTimed then count(*) else count(*) * 60 / greatest(extract(epoch from now() - min(finished_at)), 0.001) end::int from (
                 select finished_at from jobs where status in ('succeeded', 'failed') and kind = @kind and finished_at > now() - interval '1 minute'
                 order by finished_at desc limit @MostTimed) newest) as per_minute;
            select coalesce(error->>'code', 'internal') as code, count(*)::int as failures from (
              select error from jobs where status = 'failed' and kind = @kind and finished_at > now() - interval '1 hour'
              order by finished_at desc limit @MostFailures) newest
            group by 1;
            select name, running, extract(epoch from now() - last_read_at)::float8 as last_read_age_s
            from workers where queue = @queue and seen_at > now() - interval '10 seconds' order by name;
            """, new { queue, kind, MostCounted, MostTimed, MostFailures }, cancellationToken: cancellationToken));
        var state = await results.ReadSingleAsync<QueueState>() with
        {
            FailedByCode = (await results.ReadAsync<(string Code, int Failures)>()).ToDictionary(row => row.Code, row => row.Failures),
            Workers = [.. await results.ReadAsync<WorkerState>()],
        };
        return state.Depth < MostCounted ? state : state with { Depth = Math.Max(MostCounted, await EstimateAsync(connection, kind, cancellationToken)) };
    }

    // Counting a long queue takes longer the longer it is; the planner's figure does not.
    private static async Task<long> EstimateAsync(NpgsqlConnection connection, string kind, CancellationToken cancellationToken)
    {
        var plan = await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "explain (format json) select from jobs where status = 'queued' and finished_at is null and kind = @kind", new { kind }, cancellationToken: cancellationToken));
        using var document = JsonDocument.Parse(plan!);
        return document.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetInt64();
    }
}
