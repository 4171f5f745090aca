namespace Ivg.Core.Jobs;

/// <summary>What ending an attempt did.</summary>
/// <param name="Done">Whether this call did it: false means that the lease was lost, or that a cancel changed the outcome.</param>
/// <param name="Ready">Jobs that are due for the stream now: the session's next, or this one again.</param>
public sealed record Ended(bool Done, IReadOnlyList<Job> Ready);
