using System.Data;
using Dapper;
using Npgsql;

namespace Ivg.Core.Images;

/// <summary>Image bytes in Postgres, each owned by one session.</summary>
public sealed class AssetStore(NpgsqlDataSource database)
{
    private const string Columns = "image_id, session_id, mime_type, width, height, bytes, sha256, created_at, expired_at";

    /// <summary>The image's row; null if there is none or it is somebody else's.</summary>
    public async Task<Asset?> FindAsync(string sessionId, Guid imageId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Asset>(new CommandDefinition(
            $"select {Columns} from image_assets where image_id = @imageId and session_id = @sessionId",
            new { imageId, sessionId }, cancellationToken: cancellationToken));
    }

    /// <summary>The image's file; null if it is gone. Buffered, so that no slow reader holds a connection.</summary>
    public async Task<byte[]?> ReadAsync(string sessionId, Guid imageId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select data from image_assets where image_id = $1 and session_id = $2");
        command.Parameters.Add(new() { Value = imageId });
        command.Parameters.Add(new() { Value = sessionId });
        // Sequentially, the bytes go from the socket into their array; else the whole row would be buffered first.
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess | CommandBehavior.SingleRow, cancellationToken);
        return await reader.ReadAsync(cancellationToken) && !await reader.IsDBNullAsync(0, cancellationToken)
            ? await reader.GetFieldValueAsync<byte[]>(0, cancellationToken)
            : null;
    }
}
