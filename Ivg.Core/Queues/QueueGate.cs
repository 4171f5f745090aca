namespace Ivg.Core.Queues;

/// <summary>Whether this process may start jobs, as the queue's row had it a moment ago.</summary>
public sealed class QueueGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _closed;

    /// <summary>Whether the queue is paused.</summary>
    public bool IsPaused => Volatile.Read(ref _closed) is not null;

    /// <summary>Waits while the queue is paused.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => Volatile.Read(ref _closed)?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;

    internal void Set(bool paused)
    {
        lock (_lock)
        {
            if (paused == _closed is not null) return;
            var opened = _closed;
            Volatile.Write(ref _closed, paused ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null);
            opened?.TrySetResult();
        }
    }
}
