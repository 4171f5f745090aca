namespace Ivg.Api.Images;

/// <summary>
/// A whole picture whose headers are set, written piece by piece. Given to Kestrel in one write it would first be copied whole into
/// response buffers, which no cache holds and a slow reader keeps; a piece fits below the 64 KB at which Kestrel makes writers wait,
/// and its buffers are used again by the next.
/// </summary>
/// <param name="bytes">The file.</param>
internal sealed class PicturePieces(byte[] bytes) : IResult
{
    private const int Piece = 48 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        for (var start = 0; start < bytes.Length; start += Piece)
        {
            var written = await httpContext.Response.BodyWriter.WriteAsync(bytes.AsMemory(start, Math.Min(Piece, bytes.Length - start)), httpContext.RequestAborted);
            // The caller has gone.
            if (written.IsCompleted) return;
        }
    }
}
