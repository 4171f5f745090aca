using Ivg.Api.Errors;
using Ivg.Api.Sessions;
using Ivg.Api.Slow;
using Ivg.Core.History;
using Ivg.Core.Images;

namespace Ivg.Api.Images;

/// <summary>The bytes of images: uploads and results alike.</summary>
internal static class ImagesApi
{
    public static void MapImagesApi(this IEndpointRouteBuilder app)
    {
        var images = app.MapGroup("/api/images").WithTags("Images");
        images.MapMethods("/{imageId}", ["GET", "HEAD"], GetAsync).WithName("GetImage").WithSummary("An image, or a smaller rendering of it");
        images.MapDelete("/{imageId}", DeleteAsync).WithName("DeleteImage").WithSummary("Removes an image for good");
    }

    private static async Task<IResult> GetAsync(
        string imageId, HttpContext context, Caller caller, AssetStore assets, ImageRenderer renderer, string? width, string? download,
        CancellationToken cancellationToken)
    {
        var asset = await assets.FindAsync(caller.Session, Parse(imageId), cancellationToken) ?? throw ApiException.ImageNotFound();
        context.EndStage("found");
        if (asset.ExpiredAt is not null) throw new ApiException(410, "image_expired", "The picture was removed after its time.");
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        var fileName = download is "1" or "true" ? $"ivg-{asset.CreatedAt:yyyyMMdd}-{asset.ImageId.ToString("N")[^8..]}" : null;
        return await renderer.AnswerAsync(context, asset.Sha256, asset.MimeType, asset.Width, asset.Bytes, width, fileName,
            (start, count, token) => assets.ReadAsync(caller.Session, asset.ImageId, start, count, token));
    }

    private static async Task<IResult> DeleteAsync(string imageId, Caller caller, Eraser eraser, Renderings renderings, CancellationToken cancellationToken)
    {
        renderings.Forget(await eraser.DeleteImageAsync(caller.Session, Parse(imageId), cancellationToken) ?? throw ApiException.ImageNotFound());
        return Results.NoContent();
    }

    private static Guid Parse(string imageId) => Guid.TryParseExact(imageId, "D", out var id) ? id : throw ApiException.ImageNotFound();
}
