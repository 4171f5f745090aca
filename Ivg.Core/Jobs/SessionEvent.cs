namespace Ivg.Core.Jobs;

/// <summary>One visible change among all of a session's jobs.</summary>
/// <param name="EventId">Its place: grows in the order in which the session's changes were committed.</param>
/// <param name="Job">The job as its row is now.</param>
/// <param name="Change">What changed.</param>
public sealed record SessionEvent(long EventId, Job Job, JobEvent Change);
