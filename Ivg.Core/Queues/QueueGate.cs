namespace Ivg.Core.Queues;

/// <summary>Whether this process may start jobs, as the queue's row had it a moment ago. Closed until the row was read: a paused queue's new worker starts nothing.</summary>
public sealed class QueueGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether nothing may be started.</summary>
    public bool IsClosed => Volatile.Read(ref _closed) is not null;

    /// <summary>Waits while it is closed.</summary>
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
