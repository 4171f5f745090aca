namespace Ivg.Core.Queues;

/// <summary>A queue as its operator sees it.</summary>
public sealed record QueueState
{
    /// <summary><c>ivg_generate</c> or <c>ivg_bg</c>.</summary>
    public required string Queue { get; init; }

    /// <summary>Whether its workers are told not to read.</summary>
    public bool Paused { get; init; }

    /// <summary>Queued jobs: exact up to 10,000, Postgres's estimate above.</summary>
    public long Depth { get; init; }

    /// <summary>Running jobs.</summary>
    public int Running { get; init; }

    /// <summary>Seconds since the oldest queued job was submitted; null when none is queued.</summary>
    public double? OldestAgeS { get; init; }

    /// <summary>Jobs that succeeded or failed in the last minute.</summary>
    public int PerMinute { get; init; }

    /// <summary>Failures of the last hour, the newest 5,000 at most, by error code.</summary>
    public IReadOnlyDictionary<string, int> FailedByCode { get; init; } = new Dictionary<string, int>();

    /// <summary>Workers that reported within the last ten seconds.</summary>
    public IReadOnlyList<WorkerState> Workers { get; init; } = [];
}
