namespace Ivg.Core.Jobs;

/// <summary>The outcome of a submit with its job, and how full the session's queue is.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Job">The new or the first job; null otherwise.</param>
/// <param name="Waiting">The session's queued jobs of all kinds, the new one included.</param>
public sealed record SubmitResult(SubmitOutcome Outcome, Job? Job, int Waiting);
