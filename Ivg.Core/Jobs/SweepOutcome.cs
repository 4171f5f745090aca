namespace Ivg.Core.Jobs;

/// <summary>What a round of the sweeper did.</summary>
/// <param name="Requeued">Jobs that are due for a worker again: those of lost workers, those whose entry was lost, those whose back-off is over.</param>
/// <param name="Ended">Jobs that ended instead: their second worker was lost, or their cancel was waiting for the lost one.</param>
public sealed record SweepOutcome(int Requeued, int Ended);
