using System.Data;
using Dapper;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>Reads the events of all of a session's jobs in their one order. Whoever has read up to an id has missed nothing below it.</summary>
public sealed class SessionEvents(NpgsqlDataSource database)
{
    private const string Columns = $"{JobColumns.All}, e.event_id, e.job_version as event_version, e.type as event_type, e.data::text as event_data";

    /// <summary>What is open now, and the event from which to go on.</summary>
    public async Task<SessionState> StateAsync(string sessionId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // Both statements see the same moment.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var last = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select coalesce(max(event_id), 0) from job_events where session_id = @sessionId", new { sessionId }, transaction, cancellationToken: cancellationToken));
        var open = await ReadAsync(connection, $"""
            select {Columns} from jobs j join job_events e on e.job_id = j.job_id and e.job_version = j.version
            where j.session_id = @sessionId and j.finished_at is null order by e.event_id
            """, new { sessionId }, transaction, cancellationToken);
        return new SessionState(last, open);
    }

    /// <summary>The events after an id, oldest first, at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<SessionEvent>> AfterAsync(string sessionId, long eventId, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, $"""
            select {Columns} from job_events e join jobs j on j.job_id = e.job_id
            where e.session_id = @sessionId and e.event_id > @eventId order by e.event_id limit @limit
            """, new { sessionId, eventId, limit }, null, cancellationToken);
    }

    /// <summary>Whether this database has given an id that high; one that it has not is another database's.</summary>
    public async Task<bool> KnowsAsync(long eventId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return eventId <= await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select last_value from job_event_ids", cancellationToken: cancellationToken));
    }

    /// <summary>The newest event of each of these sessions.</summary>
    public async Task<IReadOnlyList<(string SessionId, long EventId)>> NewestAsync(string[] sessionIds, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<(string, long)>(new CommandDefinition("""
            select s.session_id, newest.event_id from unnest(@sessionIds) s (session_id)
            cross join lateral (select event_id from job_events e where e.session_id = s.session_id order by event_id desc limit 1) newest
            """, new { sessionIds }, cancellationToken: cancellationToken))];
    }

    private static async Task<IReadOnlyList<SessionEvent>> ReadAsync(
        NpgsqlConnection connection, string query, object parameters, NpgsqlTransaction? transaction, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<Job, Row, SessionEvent>(
            new CommandDefinition(query, parameters, transaction, cancellationToken: cancellationToken),
            (job, row) => new(row.EventId, job, new JobEvent(row.EventVersion, row.EventType, row.EventData)), splitOn: "event_id")];

    private sealed record Row
    {
        public long EventId { get; init; }
        public long EventVersion { get; init; }
        public required string EventType { get; init; }
        public required string EventData { get; init; }
    }
}
