using Ivg.Api.Errors;
using Ivg.Api.Sessions;
using Ivg.Core.Images;

namespace Ivg.Api.Images;

/// <summary>The bytes of images: uploads and results alike.</summary>
internal static class ImagesApi
{
    public static void MapImagesApi(this IEndpointRouteBuilder app) =>
        app.MapMethods("/api/images/{imageId}", ["GET", "HEAD"], GetAsync).WithName("GetImage").WithTags("Images")
            .WithSummary("An image, or a smaller rendering of it");

    private static async Task<IResult> GetAsync(
        string imageId, HttpContext context, Caller caller, AssetStore assets, ImageRenderer renderer, string? width, string? download,
        CancellationToken cancellationToken)
    {
        var asset = Guid.TryParseExact(imageId, "D", out var id) ? await assets.FindAsync(caller.Session, id, cancellationToken) : null;
        if (asset is null) throw ApiException.ImageNotFound();
        if (asset.ExpiredAt is not null) throw new ApiException(410, "image_expired", "The picture was removed after its time.");
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        var fileName = download is "1" or "true" ? $"ivg-{asset.CreatedAt:yyyyMMdd}-{asset.ImageId.ToString("N")[^8..]}.{ImageFormats.Extension(asset.MimeType)}" : null;
        return await renderer.AnswerAsync(context, asset.Sha256, asset.MimeType, asset.Width, asset.Bytes, width, fileName,
            token => assets.ReadAsync(caller.Session, asset.ImageId, token), cancellationToken);
    }
}
