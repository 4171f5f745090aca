using Ivg.Core.Images;
using Ivg.Core.Styles;

namespace Ivg.Api.Pages;

/// <summary>A picture that the service holds and that work can start from.</summary>
/// <param name="Field">What names it in a form.</param>
/// <param name="Id">Its name there.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
internal sealed record KeptSource(string Field, string Id, string Url, int Width, int Height)
{
    /// <summary>An image of the session, or else a style's reference; null when it is not there.</summary>
    public static async Task<KeptSource?> FindAsync(
        AssetStore assets, StyleStore styles, string session, string? imageId, string? styleId, CancellationToken cancellationToken)
    {
        if (Guid.TryParseExact(imageId, "D", out var id))
        {
            return await assets.FindAsync(session, id, cancellationToken) is { ExpiredAt: null } source
                ? new("image_id", imageId, Thumbnails.Url(id), source.Width, source.Height)
                : null;
        }
        return styleId is not null && StyleIds.IsValid(styleId) && await styles.FindReferenceAsync(styleId, cancellationToken) is { } reference
            ? new("source_style_id", styleId, $"/api/styles/{styleId}/reference", reference.Width, reference.Height)
            : null;
    }
}
