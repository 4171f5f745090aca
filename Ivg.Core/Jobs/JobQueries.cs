using Dapper;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>Reads jobs and their events.</summary>
public sealed class JobQueries(NpgsqlDataSource database)
{
    /// <summary>The session's job; null if there is none of that id.</summary>
    public async Task<Job?> FindAsync(string sessionId, Guid jobId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await FindAsync(connection, sessionId, jobId, cancellationToken);
    }

    /// <summary>The session's jobs, newest first, before <paramref name="before"/> if given.</summary>
    public async Task<IReadOnlyList<Job>> ListAsync(
        string sessionId, JobKind? kind, JobStatus? status, Guid? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<Job>(new CommandDefinition($"""
            select {JobColumns.All} from jobs j
            where session_id = @sessionId and (@before::uuid is null or job_id < @before)
              and (@kind::text is null or kind = @kind) and (@status::text is null or status = @status)
            order by job_id desc limit @limit
            """, new { sessionId, kind = kind?.Word(), status = status?.Word(), before, limit }, cancellationToken: cancellationToken))];
    }

    /// <summary>Jobs whose turn it has been for <paramref name="since"/> and that nobody has claimed.</summary>
    public async Task<IReadOnlyList<Job>> UnclaimedAsync(TimeSpan since, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<Job>(new CommandDefinition(
            $"""
            select {JobColumns.All} from jobs j
            where status = 'queued' and finished_at is null and run_after < now() - @since and ready_at < now() - @since order by run_after limit @limit
            """, new { since, limit }, cancellationToken: cancellationToken))];
    }

    /// <summary>The job's events after a version, oldest first.</summary>
    public async Task<IReadOnlyList<JobEvent>> EventsAsync(Guid jobId, long afterVersion, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<JobEvent>(new CommandDefinition(
            "select job_version as version, type, data::text as data from job_events where job_id = @jobId and job_version > @afterVersion order by job_version",
            new { jobId, afterVersion }, cancellationToken: cancellationToken))];
    }

    /// <summary>The present versions of these jobs.</summary>
    public async Task<IReadOnlyDictionary<Guid, long>> VersionsAsync(Guid[] jobIds, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<(Guid JobId, long Version)>(new CommandDefinition(
            "select job_id, version from jobs where job_id = any(@jobIds)", new { jobIds }, cancellationToken: cancellationToken)))
            .ToDictionary(row => row.JobId, row => row.Version);
    }

    internal static Task<Job?> FindAsync(NpgsqlConnection connection, string sessionId, Guid jobId, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<Job>(new CommandDefinition(
            $"select {JobColumns.All} from jobs j where job_id = @jobId and session_id = @sessionId",
            new { sessionId, jobId }, cancellationToken: cancellationToken));
}
