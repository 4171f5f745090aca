using System.Globalization;
using Ivg.Api.Errors;
using Ivg.Core.Images;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Net.Http.Headers;

namespace Ivg.Api.Images;

/// <summary>Answers with an image or a smaller rendering of it. Renderings are made once and kept in a bounded cache, never stored.</summary>
internal sealed class ImageRenderer : IDisposable
{
    private const int LeastWidth = 64;
    private const int MostWidth = 2048;

    private readonly MemoryCache _renderings = new(new MemoryCacheOptions { SizeLimit = 64 * 1024 * 1024 });

    /// <param name="context">The request: <c>If-None-Match</c>, <c>Range</c>, <c>Accept</c>.</param>
    /// <param name="sha256">Of the original.</param>
    /// <param name="mimeType">Of the original.</param>
    /// <param name="originalWidth">Pixels.</param>
    /// <param name="length">Bytes of the original.</param>
    /// <param name="width">As the caller gave it; null for the original.</param>
    /// <param name="fileName">For a download; null to show it.</param>
    /// <param name="read">Fetches the original's bytes; null when they are gone.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    public async Task<IResult> AnswerAsync(
        HttpContext context, byte[] sha256, string mimeType, int originalWidth, int length, string? width, string? fileName,
        Func<CancellationToken, Task<byte[]?>> read, CancellationToken cancellationToken)
    {
        var wanted = ReadWidth(width);
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (fileName is not null) headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = fileName }.ToString();
        if (wanted is null || wanted >= originalWidth)
        {
            var tag = ETags.Of(sha256);
            headers.ETag = tag.ToString();
            if (ETags.IsKnown(context.Request, tag)) return Results.StatusCode(StatusCodes.Status304NotModified);
            if (HttpMethods.IsHead(context.Request.Method)) return Head(context, mimeType, length);
            var bytes = await read(cancellationToken) ?? throw ApiException.ImageNotFound();
            return Results.Bytes(bytes, mimeType, enableRangeProcessing: true, entityTag: tag);
        }
        headers.Vary = "Accept";
        var format = context.Request.Headers.Accept.ToString().Contains("image/webp", StringComparison.OrdinalIgnoreCase) ? ImageFormat.Webp
            : mimeType == "image/jpeg" ? ImageFormat.Jpeg : ImageFormat.Png;
        var rendition = ETags.Of(sha256, $"-{wanted}-{ImageFormats.Extension(format.MediaType())}");
        headers.ETag = rendition.ToString();
        if (ETags.IsKnown(context.Request, rendition)) return Results.StatusCode(StatusCodes.Status304NotModified);
        var rendering = await RenderAsync(rendition.Tag.Value!, format, wanted.Value, read, cancellationToken);
        return HttpMethods.IsHead(context.Request.Method)
            ? Head(context, format.MediaType(), rendering.Length)
            : Results.Bytes(rendering, format.MediaType(), enableRangeProcessing: true, entityTag: rendition);
    }

    public void Dispose() => _renderings.Dispose();

    private async Task<byte[]> RenderAsync(
        string key, ImageFormat format, int width, Func<CancellationToken, Task<byte[]?>> read, CancellationToken cancellationToken)
    {
        if (_renderings.TryGetValue(key, out byte[]? kept)) return kept!;
        var original = await read(cancellationToken) ?? throw ApiException.ImageNotFound();
        var rendering = await Task.Run(() =>
        {
            var picture = Pictures.Decode(original);
            var small = Pictures.Resize(picture, width, Math.Max(1, (int)Math.Round((double)picture.Height * width / picture.Width)));
            return Pictures.Encode(small, format);
        }, cancellationToken);
        _renderings.Set(key, rendering, new MemoryCacheEntryOptions { Size = rendering.Length });
        return rendering;
    }

    private static IResult Head(HttpContext context, string mimeType, int length)
    {
        context.Response.ContentType = mimeType;
        context.Response.ContentLength = length;
        context.Response.Headers.AcceptRanges = "bytes";
        return Results.Empty;
    }

    private static int? ReadWidth(string? width) =>
        width is null ? null
        : int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels is >= LeastWidth and <= MostWidth ? pixels
        : throw ApiException.InvalidField("width", $"A whole number from {LeastWidth} to {MostWidth}.");
}
