namespace Ivg.Core.Jobs;

/// <summary>A session's open jobs at one moment.</summary>
/// <param name="LastEventId">The newest event of the session then; 0 when it has none.</param>
/// <param name="Open">Queued and running jobs, in the order of their last events.</param>
public sealed record SessionState(long LastEventId, IReadOnlyList<SessionEvent> Open);
