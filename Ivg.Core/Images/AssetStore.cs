using System.Security.Cryptography;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Ivg.Core.Images;

/// <summary>Image bytes in Postgres, each owned by one session.</summary>
public sealed class AssetStore(NpgsqlDataSource database, TimeProvider time)
{
    private const string Columns = "image_id, session_id, mime_type, width, height, bytes, sha256, created_at, expired_at";

    /// <summary>Stores an upload and says under which id.</summary>
    public async Task<Asset> AddUploadAsync(string sessionId, byte[] bytes, ImageInfo info, CancellationToken cancellationToken)
    {
        var asset = new Asset
        {
            ImageId = Guid.CreateVersion7(time.GetUtcNow()),
            SessionId = sessionId,
            MimeType = info.Format.MediaType(),
            Width = info.Width,
            Height = info.Height,
            Bytes = bytes.Length,
            Sha256 = SHA256.HashData(bytes),
            CreatedAt = time.GetUtcNow(),
        };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await InsertAsync(connection, asset, bytes, jobId: null, index: null, cancellationToken);
        return asset;
    }

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
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    internal static async Task InsertAsync(
        NpgsqlConnection connection, Asset asset, byte[] bytes, Guid? jobId, int? index, CancellationToken cancellationToken)
    {
        // Bytes go through Npgsql directly: Dapper would not know them as bytea of a given length.
        await using var command = new NpgsqlCommand("""
            insert into image_assets (image_id, session_id, job_id, job_index, mime_type, width, height, bytes, sha256, data, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """, connection);
        command.Parameters.Add(new() { Value = asset.ImageId });
        command.Parameters.Add(new() { Value = asset.SessionId });
        command.Parameters.Add(new() { Value = (object?)jobId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = (object?)index ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = asset.MimeType });
        command.Parameters.Add(new() { Value = asset.Width });
        command.Parameters.Add(new() { Value = asset.Height });
        command.Parameters.Add(new() { Value = asset.Bytes });
        command.Parameters.Add(new() { Value = asset.Sha256 });
        command.Parameters.Add(new() { Value = bytes, NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = asset.CreatedAt.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
