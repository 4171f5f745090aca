using System.Globalization;
using Ivg.Api.Errors;
using Ivg.Core.Images;
using Microsoft.Net.Http.Headers;

namespace Ivg.Api.Images;

/// <summary>Answers with an image or a smaller rendering of it. What the caller has already, or only asks about, is answered before a byte is read.</summary>
internal sealed class ImageRenderer(Renderings renderings, AnswerMemory memory)
{
    private const int LeastWidth = 64;
    private const int MostWidth = 2048;

    /// <param name="context">The request: <c>If-None-Match</c>, <c>Range</c>, <c>Accept</c>.</param>
    /// <param name="sha256">Of the original.</param>
    /// <param name="mimeType">Of the original.</param>
    /// <param name="originalWidth">Pixels.</param>
    /// <param name="length">Bytes of the original.</param>
    /// <param name="width">As the caller gave it; null for the original.</param>
    /// <param name="fileName">For a download, without its extension; null to show it.</param>
    /// <param name="read">Fetches so many of the original's bytes from a place, and holds no connection when it returns; null when they are gone.</param>
    public async Task<IResult> AnswerAsync(
        HttpContext context, byte[] sha256, string mimeType, int originalWidth, int length, string? width, string? fileName, Func<int, int, CancellationToken, Task<byte[]?>> read)
    {
        // Browsers show no TIFF, so of one there is a rendering as large as itself too.
        if (ReadWidth(width) is not { } asked || asked >= originalWidth && mimeType != ImageFormat.Tiff.MediaType())
        {
            Name(context, fileName, mimeType);
            var tag = ETags.Of(sha256);
            if (AnswerEarly(context, tag) is { } early) return early;
            if (HttpMethods.IsHead(context.Request.Method)) return Head(context, mimeType, length);
            var original = new OutgoingPicture(length, (start, count, token) => renderings.OriginalAsync(sha256, length, start, count, read, token));
            return Bytes(context, original, mimeType, tag, kept: Math.Min(length, Renderings.Ahead));
        }
        var wanted = Math.Min(asked, originalWidth);
        context.Response.Headers.Vary = "Accept";
        var format = Negotiate(context.Request, mimeType);
        Name(context, fileName, format.MediaType());
        var rendition = ETags.Of(sha256, $"-{wanted}-{ImageFormats.Extension(format.MediaType())}");
        if (AnswerEarly(context, rendition) is { } known) return known;
        var rendering = await renderings.GetAsync(sha256, wanted, format, () => read(0, length, CancellationToken.None), context.RequestAborted)
            ?? throw ApiException.ImageNotFound();
        if (HttpMethods.IsHead(context.Request.Method)) return Head(context, format.MediaType(), rendering.Length);
        var outgoing = new OutgoingPicture(rendering.Length, (start, count, _) => new(rendering.AsMemory(start, count)));
        return Bytes(context, outgoing, format.MediaType(), rendition, kept: rendering.Length);
    }

    private static void Name(HttpContext context, string? fileName, string mimeType)
    {
        if (fileName is not null)
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}.{ImageFormats.Extension(mimeType)}\"";
    }

    private static IResult? AnswerEarly(HttpContext context, EntityTagHeaderValue tag)
    {
        context.Response.Headers.ETag = tag.ToString();
        return ETags.IsKnown(context.Request, tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : null;
    }

    private IResult Bytes(HttpContext context, OutgoingPicture picture, string mimeType, EntityTagHeaderValue tag, int kept)
    {
        memory.Hold(context.Response, picture.Length, kept);
        var headers = context.Request.Headers;
        return headers.Range.Count + headers.IfMatch.Count + headers.IfUnmodifiedSince.Count > 0
            ? new PictureParts(picture, mimeType, tag)
            : new PicturePieces(picture, mimeType);
    }

    private static IResult Head(HttpContext context, string mimeType, int length)
    {
        PicturePieces.SetHeaders(context.Response, mimeType, length);
        return Results.Empty;
    }

    // A client that refuses WebP says so with q=0; one that takes anything is not thereby known to read it.
    private static ImageFormat Negotiate(HttpRequest request, string mimeType) =>
        request.GetTypedHeaders().Accept.Any(one => one.MediaType.Equals("image/webp", StringComparison.OrdinalIgnoreCase) && one.Quality is not 0) ? ImageFormat.Webp
        : mimeType == "image/jpeg" ? ImageFormat.Jpeg : ImageFormat.Png;

    private static int? ReadWidth(string? width) =>
        width is null ? null
        : int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels is >= LeastWidth and <= MostWidth ? pixels
        : throw ApiException.InvalidField("width", $"A whole number from {LeastWidth} to {MostWidth}.");
}
