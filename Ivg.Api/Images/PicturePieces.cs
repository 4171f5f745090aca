namespace Ivg.Api.Images;

/// <summary>
/// A whole picture, written piece by piece. Given to Kestrel in one write it would first be copied whole into response buffers, which no
/// cache holds and a slow reader keeps; the buffers of a piece are used again by the next.
/// </summary>
internal sealed class PicturePieces(OutgoingPicture picture, string mimeType) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        for (var start = 0; start < picture.Length; start += OutgoingPicture.Piece)
        {
            if (await picture.ReadAsync(httpContext, start) is not { } piece) return;
            if (start == 0) SetHeaders(httpContext.Response, mimeType, picture.Length);
            // The caller has gone.
            if ((await httpContext.Response.BodyWriter.WriteAsync(piece, httpContext.RequestAborted)).IsCompleted) return;
        }
    }

    /// <summary>What an answer says of a picture, with it or without.</summary>
    public static void SetHeaders(HttpResponse response, string mimeType, int length)
    {
        response.ContentType = mimeType;
        response.ContentLength = length;
        response.Headers.AcceptRanges = "bytes";
    }
}
