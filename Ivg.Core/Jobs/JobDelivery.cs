namespace Ivg.Core.Jobs;

/// <summary>A stream entry as it was delivered.</summary>
/// <param name="StreamId">The entry's id.</param>
/// <param name="JobId">The job it speaks of; null when it is damaged.</param>
internal sealed record JobDelivery(string StreamId, Guid? JobId);
