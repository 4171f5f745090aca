namespace Ivg.Api.Jobs;

/// <summary>What may be said of an open job's future; nothing of one that is over.</summary>
/// <param name="QueuePosition">Its place, while it waits.</param>
/// <param name="ExpectedSeconds">How long jobs of its kind usually run.</param>
internal readonly record struct Outlook(int? QueuePosition, int? ExpectedSeconds);
