namespace Ivg.Core.Queues;

/// <summary>A worker process that is alive.</summary>
public sealed record WorkerState
{
    /// <summary>Machine, process and start: as in a job's <c>lease_owner</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Jobs it runs now.</summary>
    public int Running { get; init; }

    /// <summary>Seconds since Redis last answered its read of the queue.</summary>
    public double LastReadAgeS { get; init; }
}
