using System.Security.Cryptography;
using Ivg.Core.Images;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Ivg.Migrator.Styles;

/// <summary>Brings the table of styles to what the folders say: inserts, updates what changed, hides what is gone.</summary>
internal sealed partial class StyleLoader(NpgsqlDataSource database, IConfiguration configuration, ILogger<StyleLoader> logger)
{
    /// <summary>Loads every folder that is sound; a broken one is named with its reason and leaves the style as it was.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var root = configuration["STYLES_DIR"] ?? Path.Combine(AppContext.BaseDirectory, "styles");
        var paths = Directory.Exists(root) ? Directory.GetDirectories(root).Order(StringComparer.Ordinal).ToArray() : [];
        if (paths.Length == 0) LogNone(logger, root);
        var (changed, broken) = (0, 0);
        foreach (var path in paths)
        {
            try
            {
                if (await StoreAsync(await StyleFolder.ReadAsync(path, cancellationToken), cancellationToken)) changed++;
            }
            catch (InvalidDataException e)
            {
                broken++;
                LogBroken(logger, path, e.Message);
            }
        }
        await HideOthersAsync([.. paths.Select(path => Path.GetFileName(path)!)], cancellationToken);
        LogLoaded(logger, paths.Length - broken, changed, broken);
    }

    private async Task<bool> StoreAsync(StyleFolder style, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            insert into styles as s (style_id, position, name, description, guide, profile,
              reference, reference_mime_type, reference_width, reference_height, reference_sha256, content_sha256)
            values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11, $12)
            on conflict (style_id) do update set position = excluded.position, name = excluded.name, description = excluded.description,
              guide = excluded.guide, profile = excluded.profile, reference = excluded.reference, reference_mime_type = excluded.reference_mime_type,
              reference_width = excluded.reference_width, reference_height = excluded.reference_height, reference_sha256 = excluded.reference_sha256,
              content_sha256 = excluded.content_sha256, updated_at = now(), removed_at = null
            where s.content_sha256 <> excluded.content_sha256 or s.removed_at is not null
            """);
        object[] values =
        [
            style.StyleId, style.Guide.Order, style.Guide.Name, style.Guide.Summary, style.Guide.Body, style.Profile,
            style.Reference, style.ReferenceInfo.Format.MediaType(), style.ReferenceInfo.Width, style.ReferenceInfo.Height,
            SHA256.HashData(style.Reference), style.ContentSha256,
        ];
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    // Hidden, not deleted: history speaks of them.
    private async Task HideOthersAsync(string[] styleIds, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "update styles set removed_at = now(), updated_at = now() where removed_at is null and not style_id = any($1)");
        command.Parameters.Add(new() { Value = styleIds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} styles are loaded, {Changed} of them new or changed, {Broken} folders are broken")]
    private static partial void LogLoaded(ILogger logger, int count, int changed, int broken);

    [LoggerMessage(Level = LogLevel.Error, Message = "The style folder {Path} is not loaded: {Reason}")]
    private static partial void LogBroken(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no style folder in {Root}")]
    private static partial void LogNone(ILogger logger, string root);
}
