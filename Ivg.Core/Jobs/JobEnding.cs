namespace Ivg.Core.Jobs;

/// <summary>How an attempt ends, as the row will say it.</summary>
/// <param name="Job">The job as it was claimed; its fence guards the row.</param>
/// <param name="Status">A final state, or <c>queued</c> for another attempt.</param>
internal sealed record JobEnding(Job Job, JobStatus Status)
{
    /// <summary>Whether the row must say that a cancel was asked for, or must not.</summary>
    public bool CancelRequested => Status == JobStatus.Cancelled;

    /// <summary>Added to the count of attempts: -1 for one that is not to count.</summary>
    public int Attempts { get; init; }

    /// <summary>How long the next attempt waits.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The pictures of a success.</summary>
    public IReadOnlyList<ProducedImage> Images { get; init; } = [];

    /// <summary>The pictures' ids, in their order.</summary>
    public IReadOnlyList<Guid> ImageIds { get; init; } = [];

    /// <summary>The id of the success's history row.</summary>
    public Guid HistoryId { get; init; }

    /// <summary>JSON of a success, asked for when its transaction begins; null for any other end.</summary>
    public Func<string>? Result { get; init; }

    /// <summary>JSON of what went wrong.</summary>
    public string? Error { get; init; }
}
