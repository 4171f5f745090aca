namespace Ivg.Api.Images;

/// <summary>
/// A whole picture, written piece by piece. Given to Kestrel in one write it would first be copied whole into response buffers, which no cache holds
/// and a slow reader keeps; a piece fits below the 64 KB at which Kestrel makes writers wait, and its buffers are used again by the next.
/// </summary>
/// <param name="bytes">The file.</param>
/// <param name="mimeType">Of the file.</param>
internal sealed class PicturePieces(byte[] bytes, string mimeType) : IResult
{
    private const int Piece = 48 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        (response.ContentType, response.ContentLength, response.Headers.AcceptRanges) = (mimeType, bytes.Length, "bytes");
        for (var start = 0; start < bytes.Length; start += Piece)
        {
            var written = await response.BodyWriter.WriteAsync(bytes.AsMemory(start, Math.Min(Piece, bytes.Length - start)), httpContext.RequestAborted);
            // The caller has gone.
            if (written.IsCompleted) return;
        }
    }
}
