using System.Data;
using Dapper;
using Ivg.Core.Jobs;
using Npgsql;

namespace Ivg.Core.Images;

/// <summary>Image bytes in Postgres, each owned by one session.</summary>
public sealed class AssetStore
{
    private const string Columns = "image_id, session_id, mime_type, width, height, bytes, sha256, created_at, expired_at";

    // About what a question takes on its way.
    private const int Bytes = 100;

    private readonly NpgsqlDataSource _database;
    private readonly Batcher<(string SessionId, Guid ImageId), Asset?> _finds;

    public AssetStore(NpgsqlDataSource database)
    {
        _database = database;
        // Every look at an image begins with its row, those too that need no more than its validator: many at once are one question.
        _finds = new(_ => null, FindAllAsync);
    }

    /// <summary>The image's row; null if there is none or it is somebody else's.</summary>
    public Task<Asset?> FindAsync(string sessionId, Guid imageId, CancellationToken cancellationToken) =>
        _finds.RunAsync((sessionId, imageId), Bytes, cancellationToken);

    /// <summary>The image's file; null if it is gone.</summary>
    public Task<byte[]?> ReadAsync(string sessionId, Guid imageId, CancellationToken cancellationToken) =>
        ReadAsync(sessionId, imageId, 0, int.MaxValue, cancellationToken);

    /// <summary>A part of the image's file; null if it is gone. Buffered, so that no slow reader holds a connection.</summary>
    public async Task<byte[]?> ReadAsync(string sessionId, Guid imageId, int start, int count, CancellationToken cancellationToken)
    {
        // The bytes are stored as they are, so that a part is found without the rest.
        await using var command = _database.CreateCommand("select substring(data from $3 + 1 for $4) from image_assets where image_id = $1 and session_id = $2");
        foreach (var value in new object[] { imageId, sessionId, start, count }) command.Parameters.Add(new() { Value = value });
        // Sequentially, the bytes go from the socket into their array; else the whole row would be buffered first.
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess | CommandBehavior.SingleRow, cancellationToken);
        return await reader.ReadAsync(cancellationToken) && !await reader.IsDBNullAsync(0, cancellationToken)
            ? await reader.GetFieldValueAsync<byte[]>(0, cancellationToken)
            : null;
    }

    private async Task<IReadOnlyList<Asset?>> FindAllAsync(IReadOnlyList<(string SessionId, Guid ImageId)> asked)
    {
        var different = asked.Distinct().ToList();
        await using var connection = await _database.OpenConnectionAsync();
        var found = (await connection.QueryAsync<Asset>($"""
            select {Columns} from unnest(@ids, @sessions) as asked (id, session) join image_assets on image_id = id and session_id = session
            """, new { ids = different.Select(one => one.ImageId).ToArray(), sessions = different.Select(one => one.SessionId).ToArray() }))
            .ToDictionary(asset => (asset.SessionId, asset.ImageId));
        return [.. asked.Select(one => found.GetValueOrDefault(one))];
    }
}
