using Microsoft.Net.Http.Headers;

namespace Ivg.Api.Images;

/// <summary>Parts and preconditions, which are the framework's to answer; a part that is not there is a problem in words, not a picture of no bytes.</summary>
internal sealed class PictureParts(OutgoingPicture picture, string mimeType, EntityTagHeaderValue tag) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await Results.Stream(new PictureStream(picture, httpContext), mimeType, enableRangeProcessing: true, entityTag: tag).ExecuteAsync(httpContext);
        // An answer that has neither gets its words where all errors get theirs.
        if (httpContext.Response is { StatusCode: StatusCodes.Status416RangeNotSatisfiable } refused) (refused.ContentType, refused.ContentLength) = (null, null);
    }
}
