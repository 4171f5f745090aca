namespace Ivg.Api.Limits;

/// <summary>
/// A request's body that must bring a least of bytes in every window of waiting. The server's own rate is an average since the body began, so one
/// that came fast at first could then stop for hours, with all that is held for it.
/// </summary>
internal sealed class PacedBody(Stream body, int least, TimeSpan window, TimeProvider time) : Stream
{
    private readonly CancellationTokenSource _limit = new(Timeout.InfiniteTimeSpan, time);
    private TimeSpan _left;
    private int _missing;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="BadHttpRequestException">408: too little came.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_missing <= 0) (_left, _missing) = (window, least);
        var started = time.GetTimestamp();
        int read;
        try
        {
            await using var given = cancellationToken.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), _limit);
            _limit.CancelAfter(_left);
            read = await body.ReadAsync(buffer, _limit.Token);
            _limit.CancelAfter(Timeout.InfiniteTimeSpan);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body came too slowly.", StatusCodes.Status408RequestTimeout, e);
        }
        // What the reader does in between is not the sender's fault, so only waiting counts.
        _left = TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, (_left - time.GetElapsedTime(started)).Ticks));
        _missing -= read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _limit.Dispose();
        base.Dispose(disposing);
    }
}
