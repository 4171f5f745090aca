using System.Text.Json;
using Dapper;
using Npgsql;

namespace Ivg.Core.Styles;

/// <summary>Styles as the migrator loaded them.</summary>
public sealed class StyleStore(NpgsqlDataSource database)
{
    private const string Select = "select style_id, name, description, guide, profile::text as profile from styles where removed_at is null";

    /// <summary>All styles in the order of their folders' <c>order</c>.</summary>
    public async Task<IReadOnlyList<Style>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Select + " order by position, style_id", cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToStyle())];
    }

    /// <summary>One style; null if there is none of that id.</summary>
    public async Task<Style?> FindAsync(string styleId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            Select + " and style_id = @styleId", new { styleId }, cancellationToken: cancellationToken));
        return row?.ToStyle();
    }

    /// <summary>What is known of a style's reference image without reading it; null if there is no such style.</summary>
    public async Task<StyleReference?> FindReferenceAsync(string styleId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<StyleReference>(new CommandDefinition("""
            select reference_mime_type as mime_type, reference_width as width, reference_height as height, octet_length(reference) as length, reference_sha256 as sha256
            from styles where style_id = @styleId and removed_at is null
            """, new { styleId }, cancellationToken: cancellationToken));
    }

    /// <summary>A style's reference image; null if there is no such style.</summary>
    public async Task<byte[]?> ReadReferenceAsync(string styleId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<byte[]>(new CommandDefinition(
            "select reference from styles where style_id = @styleId and removed_at is null", new { styleId }, cancellationToken: cancellationToken));
    }

    /// <summary>A part of a style's reference image; null if there is no such style, or another picture has taken that one's place.</summary>
    public async Task<byte[]?> ReadReferenceAsync(string styleId, byte[] sha256, int start, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<byte[]>(new CommandDefinition("""
            select substring(reference from @start + 1 for @count) from styles where style_id = @styleId and reference_sha256 = @sha256 and removed_at is null
            """, new { styleId, sha256, start, count }, cancellationToken: cancellationToken));
    }

    private sealed record Row(string StyleId, string Name, string Description, string Guide, string Profile)
    {
        public Style ToStyle() => new(StyleId, Name, Description, Guide, JsonSerializer.Deserialize<StyleProfile>(Profile, IvgJson.Options)!);
    }
}
