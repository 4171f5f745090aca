using Ivg.Api.Errors;
using Ivg.Api.Limits;

namespace Ivg.Api.Images;

/// <summary>Bounds what answers under way hold of pictures, however many clients take theirs slowly; one that does not fit is told when to come again.</summary>
/// <param name="most">Bytes; a quarter of the process's memory.</param>
internal sealed class AnswerMemory(long most)
{
    // What Kestrel takes of an answer before it makes the writer wait, and the piece that was written when there was just room.
    private const int Buffers = 64 * 1024 + OutgoingPicture.Piece;

    private readonly MemoryShare _share = new(most);

    public long Held => _share.Taken;

    /// <summary>Counts an answer until it is over.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="length">Bytes of what it sends.</param>
    /// <param name="kept">Bytes that it holds all the time.</param>
    /// <exception cref="ApiException">503 <c>unavailable</c>.</exception>
    public void Hold(HttpResponse response, int length, int kept)
    {
        var bytes = kept + Math.Min(length, Buffers);
        if (!_share.TryTake(bytes))
            throw new ApiException(503, "unavailable", "Many pictures are being fetched just now. Ask for yours again in a moment.") { RetryAfter = 2 };
        response.RegisterForDispose(new Returned(_share, bytes));
    }

    private sealed class Returned(MemoryShare share, long bytes) : IDisposable
    {
        public void Dispose() => share.Return(bytes);
    }
}
