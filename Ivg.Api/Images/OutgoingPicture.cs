using Ivg.Api.Errors;

namespace Ivg.Api.Images;

/// <summary>A picture on its way out, of which little more is fetched than is sent next: a client that takes it slowly holds neither the picture nor a connection.</summary>
/// <param name="length">Bytes of the file.</param>
/// <param name="read">Fetches so many bytes from a place, or more, which are kept for the pieces to come; null when they are gone.</param>
internal sealed class OutgoingPicture(int length, Func<int, int, CancellationToken, ValueTask<ReadOnlyMemory<byte>?>> read)
{
    /// <summary>The most that is written at once: it fits below the 64 KB at which Kestrel makes writers wait.</summary>
    public const int Piece = 48 * 1024;

    private ReadOnlyMemory<byte> _ahead;
    private int _from;

    public int Length => length;

    /// <summary>At most a piece from <paramref name="start"/> on; null when it was deleted in the middle of the answer, which is cut for that.</summary>
    /// <exception cref="ApiException">404: it is gone before the answer has begun.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, int start, int most = Piece)
    {
        var count = Math.Min(Math.Min(most, Piece), length - start);
        if (start >= _from && start + count <= _from + _ahead.Length) return _ahead.Slice(start - _from, count);
        if (await read(start, count, context.RequestAborted) is { } part && part.Length >= count)
        {
            if (part.Length > count) (_ahead, _from) = (part, start);
            return part[..count];
        }
        if (!context.Response.HasStarted) throw ApiException.ImageNotFound();
        context.Abort();
        return null;
    }
}
