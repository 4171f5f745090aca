using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ivg.Core.Retention;

/// <summary>
/// Removes what has been kept for long enough, in batches that each commit by themselves and pass over rows that somebody holds: no table is locked,
/// nobody waits, and several may clean at once.
/// </summary>
public sealed class Cleaner(NpgsqlDataSource database, IOptions<RetentionOptions> options)
{
    private const int Batch = 500;

    // Pictures are the larger rows: a batch of them is a second's work.
    private const int PictureBatch = 100;

    private const string OldPictures = "from image_assets where data is not null and created_at < now() - make_interval(days => @RetentionDays)";

    // A key of a submit is remembered for 24 hours, and a webhook that is still to be sent for a week, whatever JOB_RESULT_EXPIRES says.
    private const string OldJobs = """
        from jobs where expires_at < now() and (idempotency_key is null or created_at < now() - interval '24 hours')
          and (callback_at is null or expires_at < now() - interval '7 days')
        """;

    private const string OldHistory = "from generation_history where created_at < now() - make_interval(days => @HistoryRetentionDays)";

    private const string OldPictureRows = "from image_assets where data is null and created_at < now() - make_interval(days => @HistoryRetentionDays)";

    /// <summary>Says what <see cref="CleanAsync"/> would remove now.</summary>
    public async Task<Removed> CountAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<Removed>(new CommandDefinition($"""
            select (select count(*) {OldPictures} and @RetentionDays > 0) as pictures,
              (select coalesce(sum(bytes), 0)::bigint {OldPictures} and @RetentionDays > 0) as picture_bytes,
              (select count(*) {OldJobs}) as jobs,
              (select count(*) {OldHistory} and @HistoryRetentionDays > 0) as history_rows,
              (select count(*) {OldPictureRows} and @HistoryRetentionDays > 0) as picture_rows
            """, options.Value, commandTimeout: 0, cancellationToken: cancellationToken));
    }

    /// <summary>Removes it.</summary>
    public async Task<Removed> CleanAsync(CancellationToken cancellationToken)
    {
        var (keepsPictures, keepsHistory) = (options.Value.RetentionDays == 0, options.Value.HistoryRetentionDays == 0);
        var (pictures, bytes) = keepsPictures ? (0, 0) : await RepeatAsync(PictureBatch, $"""
            with old as (select image_id {OldPictures} order by created_at limit @batch for update skip locked),
            gone as (update image_assets a set data = null, expired_at = now() from old where a.image_id = old.image_id returning a.bytes)
            select count(*), coalesce(sum(bytes), 0)::bigint from gone
            """, cancellationToken);
        var (jobs, _) = await RepeatAsync(Batch, $"""
            with old as (select job_id {OldJobs} order by expires_at limit @batch for update skip locked),
            events as (delete from job_events e using old where e.job_id = old.job_id),
            gone as (delete from jobs j using old where j.job_id = old.job_id returning 1)
            select count(*), 0::bigint from gone
            """, cancellationToken);
        var (history, _) = keepsHistory ? (0, 0) : await RepeatAsync(Batch, Delete("generation_history", "history_id", OldHistory), cancellationToken);
        var (rows, _) = keepsHistory ? (0, 0) : await RepeatAsync(Batch, Delete("image_assets", "image_id", OldPictureRows), cancellationToken);
        return new Removed(pictures, bytes, jobs, history, rows);
    }

    private static string Delete(string table, string id, string old) => $"""
        with old as (select {id} {old} order by created_at limit @batch for update skip locked),
        gone as (delete from {table} t using old where t.{id} = old.{id} returning 1)
        select count(*), 0::bigint from gone
        """;

    private async Task<(long Rows, long Bytes)> RepeatAsync(int batch, string statement, CancellationToken cancellationToken)
    {
        var total = (Rows: 0L, Bytes: 0L);
        while (true)
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            var (rows, bytes) = await connection.QuerySingleAsync<(long, long)>(new CommandDefinition(
                statement, new { options.Value.RetentionDays, options.Value.HistoryRetentionDays, batch }, commandTimeout: 300, cancellationToken: cancellationToken));
            total = (total.Rows + rows, total.Bytes + bytes);
            if (rows < batch) return total;
        }
    }
}
