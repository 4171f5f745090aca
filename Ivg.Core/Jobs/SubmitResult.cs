namespace Ivg.Core.Jobs;

/// <summary>The outcome of a submit with its job, and how full the session's queue is.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Job">The new or the first job; null otherwise.</param>
/// <param name="Waiting">Queued jobs of all kinds, the new one included: the session's, or the tenant's when it is that which is full.</param>
public sealed record SubmitResult(SubmitOutcome Outcome, Job? Job, int Waiting);
