using Dapper;
using Ivg.Core.Jobs;
using Npgsql;

namespace Ivg.Core.History;

/// <summary>
/// Removes what a session wants gone: rows are deleted, not marked, and what works on them finds nothing to write to. What goes over several
/// tables holds the session's lock, as submits and ends do, so each of those comes whole before it or after it; an image is one row.
/// </summary>
public sealed class Eraser(NpgsqlDataSource database, JobNotifier notifier)
{
    private const string Lock = "select pg_advisory_xact_lock(hashtextextended(@sessionId, 0));";

    // Events go in a statement of their own, which sees those that were written while the rows were waited for.
    private const string EraseJobs = """
        delete from jobs where job_id in (select job_id from jobs where session_id = @sessionId order by job_id for update)
        returning job_id, status = 'running' as is_running;
        delete from job_events where session_id = @sessionId;
        """;

    private const string EraseRest = """
        delete from generation_history where session_id = @sessionId;
        delete from image_assets where session_id = @sessionId returning sha256;
        """;

    // A source goes with its last row; a result goes with the row that shows it as one, whoever uses it as a source.
    private const string EraseRow = """
        with h as (
          delete from generation_history where history_id = @historyId and session_id = @sessionId returning job_id, source_image_id, image_ids
        ), a as (
          delete from image_assets a using h
          where a.session_id = @sessionId and (a.image_id = any(h.image_ids) or a.image_id = h.source_image_id
            and not exists (select from generation_history other where other.session_id = @sessionId and other.history_id <> @historyId
              and (other.source_image_id = a.image_id or a.image_id = any(other.image_ids)))
            and not exists (select from jobs o where o.session_id = @sessionId and o.finished_at is null and o.payload->>'image_id' = a.image_id::text))
          returning a.sha256
        ), j as (
          delete from jobs using h where jobs.job_id = h.job_id
        ), e as (
          delete from job_events e using h where e.job_id = h.job_id
        )
        select h.job_id, a.sha256 from h left join a on true
        """;

    /// <summary>Removes an image for good; rows that show it stay, without it.</summary>
    /// <returns>The SHA-256 of what was removed; null when the session has no such image.</returns>
    public async Task<byte[]?> DeleteImageAsync(string sessionId, Guid imageId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition(
            "delete from image_assets where image_id = @imageId and session_id = @sessionId returning sha256",
            new { imageId, sessionId }, cancellationToken: cancellationToken));
    }

    /// <summary>Removes a row of the history with its job, its results, and its source if nothing else needs it.</summary>
    /// <returns>The SHA-256 of each image that was removed; null when the session has no such row.</returns>
    public async Task<IReadOnlyList<byte[]>?> DeleteRowAsync(string sessionId, Guid historyId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            Lock + EraseRow, new { sessionId, historyId }, cancellationToken: cancellationToken));
        await results.ReadAsync();
        var rows = (await results.ReadAsync<(Guid JobId, byte[]? Sha256)>()).ToList();
        if (rows.Count == 0) return null;
        notifier.Changed(rows[0].JobId, sessionId);
        return [.. rows.Select(row => row.Sha256).OfType<byte[]>()];
    }

    /// <summary>Removes everything that the session holds. What runs is told to stop; whether it does or not, its result finds no row.</summary>
    /// <returns>The SHA-256 of each image that was removed.</returns>
    public async Task<IReadOnlyList<byte[]>> EraseAsync(string sessionId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            Lock + EraseJobs + EraseRest, new { sessionId }, cancellationToken: cancellationToken));
        await results.ReadAsync();
        var jobs = (await results.ReadAsync<(Guid JobId, bool IsRunning)>()).ToList();
        var images = (await results.ReadAsync<byte[]>()).ToList();
        foreach (var (jobId, isRunning) in jobs)
        {
            if (isRunning) notifier.CancelRequested(jobId);
            notifier.Changed(jobId, sessionId);
        }
        return images;
    }
}
