namespace Ivg.Api.Jobs;

/// <summary>One stream's interest in a job or a session. Wakes are not counted: however many there were, one read finds all changes.</summary>
internal sealed class Watcher(Action<Watcher> forget) : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0, 1);
    private long _seen;

    /// <summary>The version or event that the stream has told of.</summary>
    public void Seen(long version) => Volatile.Write(ref _seen, version);

    /// <summary>Waits for a change; false when the time is up.</summary>
    public Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => _wake.WaitAsync(longest, cancellationToken);

    public void Dispose() => forget(this);

    internal void WakeIfBehind(long version)
    {
        if (version <= Volatile.Read(ref _seen) || _wake.CurrentCount > 0) return;
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Woken already.
        }
    }
}
