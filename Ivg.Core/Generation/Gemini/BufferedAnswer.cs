using System.Net;

namespace Ivg.Core.Generation.Gemini;

/// <summary>The body of an answer, read to its end; its memory is used again once the answer is disposed of.</summary>
internal sealed class BufferedAnswer : HttpContent
{
    private const int Chunk = 64 * 1024;
    private readonly PooledBuffer _buffer;

    private BufferedAnswer(PooledBuffer buffer) => _buffer = buffer;

    /// <summary>The bytes; not to be kept.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.Written;

    /// <summary>Reads a body of at most <paramref name="most"/> bytes.</summary>
    /// <exception cref="HttpRequestException">It is larger, or was broken off.</exception>
    public static async Task<BufferedAnswer> ReadAsync(HttpContent content, int most, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > most) throw TooLarge(most);
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        // One byte more than there should be, so that the last read, which finds the end, has room too.
        var buffer = new PooledBuffer((int)(content.Headers.ContentLength ?? Chunk) + 1);
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer.GetMemory(), cancellationToken)) > 0)
            {
                buffer.Advance(read);
                if (buffer.Written.Length > most) throw TooLarge(most);
            }
            return new BufferedAnswer(buffer);
        }
        catch (IOException e)
        {
            throw new HttpRequestException((e as HttpIOException)?.HttpRequestError ?? HttpRequestError.Unknown, "The answer was broken off.", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _buffer.Dispose();
        base.Dispose(disposing);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(Bytes).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = Bytes.Length;
        return true;
    }

    private static HttpRequestException TooLarge(int most) => new(HttpRequestError.ConfigurationLimitExceeded, $"The answer is larger than {most} bytes.");
}
