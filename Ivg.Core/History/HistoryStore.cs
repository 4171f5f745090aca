using Dapper;
using Ivg.Core.Images;
using Npgsql;

namespace Ivg.Core.History;

/// <summary>What sessions made, newest first.</summary>
public sealed class HistoryStore(NpgsqlDataSource database)
{
    /// <summary>A page of the session's history, before <paramref name="before"/> if given.</summary>
    public async Task<IReadOnlyList<HistoryItem>> ListAsync(string sessionId, Guid? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<HistoryRow>(new CommandDefinition("""
            select history_id, job_id, kind, style_id, style_name, prompt, settings::text as settings, source_image_id, image_ids, created_at
            from generation_history
            where session_id = @sessionId and (@before::uuid is null or history_id < @before)
            order by history_id desc limit @limit
            """, new { sessionId, before, limit }, cancellationToken: cancellationToken))).ToList();
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
