using System.Globalization;
using Dapper;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>
/// Compares streams with rows, both ways, a bounded piece a round: entries of dead workers, entries that nobody will ever acknowledge, rows whose
/// entry is gone. What is found is put right in the row; the entry itself is written by whoever enqueues next.
/// </summary>
internal sealed class StreamSweeper(NpgsqlDataSource database, JobStream stream)
{
    private const int Page = 500;
    private const int MostPages = 20;

    // Whose entries these are. Of a job that still waits by this very entry the row forgets it, for nobody is going to deliver it again.
    internal const string Settle = """
        with e as (
          select * from unnest(@StreamIds, @JobIds) as e (stream_id, job_id)
        ), forgotten as (
          update jobs j set enqueued_at = null, stream_id = null from e where j.job_id = e.job_id and j.status = 'queued' and j.stream_id = e.stream_id
        )
        select e.stream_id from e join jobs j on j.job_id = e.job_id and j.status = 'running' and j.stream_id = e.stream_id
        """;

    internal const string Enqueued = """
        select job_id, enqueued_at, stream_id from jobs
        where status = 'queued' and kind = @Kind and enqueued_at < now() - interval '5 seconds' and (enqueued_at, job_id) > (@EnqueuedAt, @JobId)
        order by enqueued_at, job_id limit @Page
        """;

    // Meanwhile the job may have been run, put back and given another entry.
    internal const string Forget = """
        update jobs j set enqueued_at = null, stream_id = null from unnest(@JobIds, @StreamIds) as lost (job_id, stream_id)
        where j.job_id = lost.job_id and j.status = 'queued' and j.stream_id is not distinct from lost.stream_id
        """;

    private static readonly Position Start = new(DateTimeOffset.MinValue, Guid.Empty);

    private readonly Dictionary<string, string> _deliveredUpTo = [];
    private readonly Dictionary<string, string> _pendingUpTo = [];
    private readonly Dictionary<string, Position> _enqueuedUpTo = [];

    /// <summary>Takes over what workers left pending: a worker that died, or a connection that broke in the middle of a delivery.</summary>
    public async Task SettlePendingAsync(string queue, TimeSpan idle, CancellationToken cancellationToken)
    {
        var from = _pendingUpTo.GetValueOrDefault(queue, "0-0");
        for (var page = 0; page < MostPages; page++)
        {
            var (ids, next) = await stream.Repair.ClaimIdleAsync(queue, idle, from, Page);
            if (ids.Count > 0)
            {
                var entries = await stream.FindAsync(queue, ids);
                var running = await SettleAsync(entries, cancellationToken);
                var left = ids.Where(id => !running.Contains(id)).ToList();
                if (left.Count > 0) await stream.CompleteAsync(queue, left);
            }
            from = next;
            if (from == "0-0") break;
        }
        _pendingUpTo[queue] = from;
    }

    /// <summary>Removes entries that were delivered, that nobody holds, and whose job is not running by them: nobody will ever acknowledge those.</summary>
    public async Task RemoveOrphansAsync(string queue, CancellationToken cancellationToken)
    {
        var last = await stream.Repair.LastDeliveredAsync(queue);
        var from = _deliveredUpTo.GetValueOrDefault(queue, "-");
        for (var page = 0; page < MostPages; page++)
        {
            var entries = await stream.RangeAsync(queue, from, last, Page);
            var unheld = await stream.Repair.UnheldAsync(queue, entries);
            if (unheld.Count > 0)
            {
                var running = await SettleAsync(unheld, cancellationToken);
                var orphans = unheld.Select(entry => entry.StreamId).Where(id => !running.Contains(id)).ToList();
                if (orphans.Count > 0) await stream.Repair.RemoveUnheldAsync(queue, orphans);
            }
            from = entries.Count < Page ? "-" : "(" + entries[^1].StreamId;
            if (from == "-") break;
        }
        _deliveredUpTo[queue] = from;
    }

    /// <summary>Finds waiting rows whose entry the stream does not have; where the last round ended, this one goes on.</summary>
    public async Task FindLostAsync(JobKind kind, CancellationToken cancellationToken)
    {
        var queue = kind.Queue();
        var from = _enqueuedUpTo.GetValueOrDefault(queue, Start);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        for (var page = 0; page < MostPages; page++)
        {
            var rows = (await connection.QueryAsync<EnqueuedJob>(new CommandDefinition(
                Enqueued, new { Kind = kind.Word(), from.EnqueuedAt, from.JobId, Page }, cancellationToken: cancellationToken))).ToList();
            var lost = rows.Where(row => row.StreamId is null).ToList();
            var told = rows.Where(row => row.StreamId is not null).ToList();
            if (told.Count > 0) lost.AddRange(await WithoutEntryAsync(queue, told));
            if (lost.Count > 0)
            {
                await connection.ExecuteAsync(new CommandDefinition(Forget,
                    new { JobIds = lost.Select(row => row.JobId).ToArray(), StreamIds = lost.Select(row => row.StreamId).ToArray() }, cancellationToken: cancellationToken));
            }
            _enqueuedUpTo[queue] = from = rows.Count < Page ? Start : new Position(rows[^1].EnqueuedAt, rows[^1].JobId);
            if (rows.Count < Page) return;
        }
    }

    // Rows and entries come in nearly the same order, so one range shows most of a page's; the others are asked for singly.
    private async Task<IEnumerable<EnqueuedJob>> WithoutEntryAsync(string queue, IReadOnlyList<EnqueuedJob> rows)
    {
        var ids = rows.Select(row => row.StreamId!).ToList();
        var shown = (await stream.RangeAsync(queue, ids.MinBy(Order)!, ids.MaxBy(Order)!, 2 * Page)).Select(entry => entry.StreamId).ToHashSet();
        var present = await Task.WhenAll(ids.Select(async id => shown.Contains(id) || await stream.ContainsAsync(queue, id)));
        return rows.Where((_, index) => !present[index]);
    }

    // Milliseconds, and the entry's number within them.
    private static (ulong, ulong) Order(string streamId)
    {
        var dash = streamId.IndexOf('-', StringComparison.Ordinal);
        return (ulong.Parse(streamId.AsSpan(0, dash), CultureInfo.InvariantCulture), ulong.Parse(streamId.AsSpan(dash + 1), CultureInfo.InvariantCulture));
    }

    private async Task<HashSet<string>> SettleAsync(IReadOnlyList<JobDelivery> entries, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<string>(new CommandDefinition(Settle,
            new { StreamIds = entries.Select(entry => entry.StreamId).ToArray(), JobIds = entries.Select(entry => entry.JobId).ToArray() },
            cancellationToken: cancellationToken))];
    }

    private sealed record Position(DateTimeOffset EnqueuedAt, Guid JobId);

    private sealed record EnqueuedJob
    {
        public Guid JobId { get; init; }
        public DateTimeOffset EnqueuedAt { get; init; }
        public string? StreamId { get; init; }
    }
}
