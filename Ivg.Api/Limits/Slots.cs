using Ivg.Api.Errors;

namespace Ivg.Api.Limits;

/// <summary>Bounds how much of one kind of work this process does at once.</summary>
/// <param name="most">How many.</param>
/// <param name="patience">How long one more waits before it is refused.</param>
/// <param name="refusal">What is told then.</param>
internal class Slots(int most, TimeSpan patience, string refusal) : IDisposable
{
    private readonly SemaphoreSlim _free = new(most);

    /// <summary>Takes a slot, which is free again when disposed.</summary>
    /// <exception cref="ApiException">503 <c>unavailable</c>: none became free.</exception>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken) =>
        await _free.WaitAsync(patience, cancellationToken) ? new Slot(_free) : throw new ApiException(503, "unavailable", refusal) { RetryAfter = 2 };

    /// <summary>The same for whom it is too late to refuse.</summary>
    public async Task<IDisposable> WaitAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return new Slot(_free);
    }

    public void Dispose()
    {
        _free.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        private int _isFree;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isFree, 1) == 0) free.Release();
        }
    }
}
