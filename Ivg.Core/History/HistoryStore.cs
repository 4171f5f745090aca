using Dapper;
using Ivg.Core.Images;
using Npgsql;

namespace Ivg.Core.History;

/// <summary>What sessions made, newest first.</summary>
public sealed class HistoryStore(NpgsqlDataSource database)
{
    /// <summary>Rows that one request looks through for those that a filter wants; the next one goes on where it stopped.</summary>
    public const int MostSearched = 5000;

    private const string Select = """
        select history_id, job_id, kind, style_id, style_name, prompt, settings::text as settings, source_image_id, image_ids, created_at
        from generation_history
        """;

    private const string ListRows = Select + """

        where session_id = @sessionId and (@before::uuid is null or history_id < @before)
        order by history_id desc limit @limit
        """;

    // A session's rows stand together in their index, so looking through a bounded number of them costs little, and no index more is to be kept
    // for what is asked for now and then.
    private const string Search = """
        with seen as materialized (
          select history_id,
            (@Kind::text is null or kind = @Kind) and (@StyleId::text is null or style_id = @StyleId) and (@Pattern::text is null or prompt ilike @Pattern) as is_wanted
          from generation_history where session_id = @sessionId and (@before::uuid is null or history_id < @before)
          order by history_id desc limit @MostSearched)
        select array(select history_id from seen where is_wanted order by history_id desc limit @limit) as found,
          (select history_id from seen order by history_id desc offset @MostSearched - 1 limit 1) as last
        """;

    private const string FindRow = Select + """

        where session_id = @sessionId and (history_id = @id or job_id = (select job_id from image_assets where image_id = @id and session_id = @sessionId))
        limit 1
        """;

    /// <summary>A page of the session's history, before <paramref name="before"/> if given.</summary>
    public async Task<HistoryPage> ListAsync(string sessionId, HistoryFilter filter, Guid? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (filter.IsEmpty)
        {
            var rows = await ReadAsync(connection, ListRows, new { sessionId, before, limit = limit + 1 }, cancellationToken);
            return new(await DressAsync(connection, sessionId, [.. rows.Take(limit)], cancellationToken), rows.Count > limit ? rows[limit - 1].HistoryId : null);
        }
        var (found, last) = await connection.QuerySingleAsync<(Guid[] Found, Guid? Last)>(new CommandDefinition(
            Search, new { sessionId, filter.Kind, filter.StyleId, filter.Pattern, before, limit = limit + 1, MostSearched }, cancellationToken: cancellationToken));
        var wanted = await ReadAsync(connection, Select + " where session_id = @sessionId and history_id = any(@ids) order by history_id desc",
            new { sessionId, ids = found.Take(limit).ToArray() }, cancellationToken);
        return new(await DressAsync(connection, sessionId, wanted, cancellationToken), found.Length > limit ? found[limit - 1] : last);
    }

    /// <summary>The session's row of that id, or the one that this image is a result of; null if there is neither.</summary>
    public async Task<HistoryItem?> FindAsync(string sessionId, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await ReadAsync(connection, FindRow, new { sessionId, id }, cancellationToken);
        return await DressAsync(connection, sessionId, rows, cancellationToken) is [var item] ? item : null;
    }

    private static async Task<List<HistoryRow>> ReadAsync(NpgsqlConnection connection, string sql, object parameters, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<HistoryRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))];

    private static async Task<IReadOnlyList<HistoryItem>> DressAsync(
        NpgsqlConnection connection, string sessionId, List<HistoryRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.SelectMany(row => row.ImageIds).Concat(rows.Select(row => row.SourceImageId).OfType<Guid>()).Distinct().ToArray();
        var assets = (await connection.QueryAsync<Asset>(new CommandDefinition("""
            select image_id, session_id, mime_type, width, height, bytes, sha256, created_at, expired_at
            from image_assets where image_id = any(@ids) and session_id = @sessionId and expired_at is null
            """, new { ids, sessionId }, cancellationToken: cancellationToken))).ToDictionary(asset => asset.ImageId);
        return [.. rows.Select(row => new HistoryItem(
            row,
            row.SourceImageId is { } source ? assets.GetValueOrDefault(source) : null,
            [.. row.ImageIds.Select(id => assets.GetValueOrDefault(id)).OfType<Asset>()]))];
    }
}
