namespace Ivg.Core.Jobs;

/// <summary>A job's row, in the database's own words.</summary>
public sealed record Job
{
    public required Guid JobId { get; init; }
    public required string SessionId { get; init; }

    /// <summary>A word of <see cref="JobKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>A word of <see cref="JobStatus"/>.</summary>
    public required string Status { get; init; }

    public string? Stage { get; init; }

    /// <summary>0 to 100; never falls within an attempt.</summary>
    public int Progress { get; init; }

    public int Attempt { get; init; }
    public int MaxAttempts { get; init; }

    /// <summary>Workers that died while they held this job.</summary>
    public int CrashCount { get; init; }

    /// <summary>Grows with every claim.</summary>
    public long Fence { get; init; }

    /// <summary>Grows with every visible change: the event id.</summary>
    public long Version { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>When the job entered its session's ready window; null while it waits its turn.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>The entry in the stream, while there is one.</summary>
    public string? StreamId { get; init; }

    public required string RequestId { get; init; }
    public string? TraceParent { get; init; }

    /// <summary>The kind's own request record as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>JSON, once it succeeded.</summary>
    public string? Result { get; init; }

    /// <summary>JSON of a <see cref="JobError"/>: of the last attempt while queued or running, the final one when failed.</summary>
    public string? Error { get; init; }

    /// <summary>Where the finished job is posted to, if anywhere. Its path may be a secret: not for logs.</summary>
    public string? CallbackUrl { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether the state is final.</summary>
    public bool IsFinal => JobWords.ToStatus(Status) is { } status && status.IsFinal();

    /// <summary>The queue it waits in.</summary>
    public string Queue => JobWords.ToKind(Kind)!.Value.Queue();
}
