namespace Ivg.Api.Jobs;

/// <summary>One stream's interest in a job or a session. Thousands wait at once, so none has a timer or a token of its own: <see cref="JobWatchers"/> wakes them.</summary>
internal sealed class Watcher(long started, Action<Watcher> forget) : IDisposable
{
    private TaskCompletionSource<Wake>? _waiting;
    private Wake? _woken;
    private long _seen;

    /// <summary>When it began, as a timestamp.</summary>
    public long Started { get; } = started;

    /// <summary>When it last began to wait, as a timestamp; in the far future before it did.</summary>
    public long WaitingSince { get; private set; } = long.MaxValue;

    /// <summary>Waits for the next wake, after having told of everything up to that version or event.</summary>
    public Task<Wake> WaitAsync(long seen, long now)
    {
        lock (this)
        {
            (_seen, WaitingSince) = (seen, now);
            if (_woken is { } wake)
            {
                if (wake != Jobs.Wake.Over) _woken = null;
                return Task.FromResult(wake);
            }
            _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiting.Task;
        }
    }

    /// <summary>Wakes it unless it has told of that version or event already.</summary>
    public void WakeIfBehind(long version)
    {
        if (version > Volatile.Read(ref _seen)) Wake(Jobs.Wake.Changed);
    }

    /// <summary>Wakes it. Wakes are not counted: however many there were, one read finds all changes, and an end stays the end.</summary>
    public void Wake(Wake wake)
    {
        lock (this)
        {
            if (wake == Jobs.Wake.Over || (_waiting is null && _woken is null && wake == Jobs.Wake.Changed)) _woken = wake;
            _waiting?.TrySetResult(wake);
            _waiting = null;
        }
    }

    public void Dispose() => forget(this);
}
