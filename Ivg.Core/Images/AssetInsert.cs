using Dapper;

namespace Ivg.Core.Images;

/// <summary>
/// Stores pictures in the transaction of the statements before it. Each has a statement and a plain parameter of its own: as elements of one array they
/// would be copied several times on their way to the table, and spilled to disk when they exceed the server's <c>work_mem</c>.
/// </summary>
internal sealed class AssetInsert(DynamicParameters parameters)
{
    private readonly List<string> _statements = [];

    /// <summary>The statements, to go behind all others.</summary>
    public string Sql => string.Concat(_statements);

    /// <summary>Adds a picture.</summary>
    /// <param name="image">The picture's row; its <c>CreatedAt</c> is the database's.</param>
    /// <param name="owner">The id of a row that says whose it is; without it nothing is stored.</param>
    /// <param name="jobIndex">Its place among the job's results; null for an upload.</param>
    /// <param name="from">The job's id or null, then the source with its guard on <c>@Owner</c>.</param>
    public void Add((Guid Id, string MimeType, int Width, int Height, byte[] Sha256, byte[] Data) image, Guid owner, int? jobIndex, string from)
    {
        var n = _statements.Count;
        parameters.Add($"ImageId{n}", image.Id);
        parameters.Add($"MimeType{n}", image.MimeType);
        parameters.Add($"Width{n}", image.Width);
        parameters.Add($"Height{n}", image.Height);
        parameters.Add($"Sha256{n}", image.Sha256);
        parameters.Add($"Data{n}", image.Data);
        parameters.Add($"Owner{n}", owner);
        parameters.Add($"JobIndex{n}", jobIndex, System.Data.DbType.Int32);
        _statements.Add($"""
            ;
            insert into image_assets (image_id, mime_type, width, height, bytes, sha256, data, created_at, job_index, session_id, job_id)
            select @ImageId{n}, @MimeType{n}, @Width{n}, @Height{n}, length(@Data{n}), @Sha256{n}, @Data{n}, now(), @JobIndex{n}, session_id, {from}{n}
            """);
    }
}
