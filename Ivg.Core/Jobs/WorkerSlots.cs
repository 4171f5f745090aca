namespace Ivg.Core.Jobs;

/// <summary>How many jobs this process runs at once: between a floor and a ceiling, more while the queue keeps it full, fewer when idle.</summary>
internal sealed class WorkerSlots
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _limit;
    private int _running;

    public WorkerSlots(int least, int most) => (Least, Most, _limit) = (least, Math.Max(least, most), least);

    /// <summary>The floor.</summary>
    public int Least { get; }

    /// <summary>The ceiling.</summary>
    public int Most { get; }

    /// <summary>Jobs running now.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>The present limit.</summary>
    public int Limit => Volatile.Read(ref _limit);

    /// <summary>Waits until there is room and says for how many.</summary>
    public async Task<int> WaitForRoomAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task freed;
            lock (_gate)
            {
                if (_running < _limit) return _limit - _running;
                freed = _freed.Task;
            }
            await freed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits until nothing runs.</summary>
    public async Task WaitForIdleAsync()
    {
        while (true)
        {
            Task freed;
            lock (_gate)
            {
                if (_running == 0) return;
                freed = _freed.Task;
            }
            await freed;
        }
    }

    /// <summary>Takes slots.</summary>
    public void Take(int count)
    {
        lock (_gate) _running += count;
    }

    /// <summary>Gives slots back.</summary>
    public void Free(int count)
    {
        lock (_gate)
        {
            _running -= count;
            _freed.TrySetResult();
            _freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>
    /// Learns from a read: a full one means backlog, an empty one means idleness. Below the ceiling there is always room for one more than run:
    /// who does not read does not see the backlog either.
    /// </summary>
    public void Adapt(int asked, int got)
    {
        lock (_gate)
        {
            if (got >= asked) _limit = Math.Min(Most, _limit * 2);
            else if (got == 0) _limit = Math.Min(Most, Math.Max(Least, Math.Max(_running + 1, _limit - 1)));
        }
    }
}
