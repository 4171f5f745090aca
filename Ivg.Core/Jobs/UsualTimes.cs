using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>How long jobs of a kind take of late. Asked of the database now and then, however many want to know.</summary>
public sealed class UsualTimes(NpgsqlDataSource database, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FreshWithout = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Measured> _known = new();

    /// <summary>Whole seconds from a job's start to its end: half of the newest 50 of the last hour took no longer. Null where there was none.</summary>
    public async ValueTask<int?> OfAsync(string kind, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(kind, out var known) && time.GetElapsedTime(known.At) < (known.Seconds is null ? FreshWithout : Fresh)) return known.Seconds;
        // Those who ask meanwhile are told what was known before.
        if (known is not null) _known[kind] = known with { At = time.GetTimestamp() };
        var measured = new Measured(time.GetTimestamp(), await MeasureAsync(kind, cancellationToken));
        _known[kind] = measured;
        return measured.Seconds;
    }

    private async Task<int?> MeasureAsync(string kind, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int?>(new CommandDefinition("""
            select greatest(1, ceil(percentile_cont(0.5) within group (order by extract(epoch from finished_at - started_at))))::int from (
              select finished_at, started_at from jobs
              where status = 'succeeded' and kind = @kind and finished_at > now() - interval '1 hour' order by finished_at desc limit 50) newest
            """, new { kind }, cancellationToken: cancellationToken));
    }

    private sealed record Measured(long At, int? Seconds);
}
