namespace Ivg.Core.Retention;

/// <summary>What a cleanup removed, or would remove.</summary>
/// <param name="Pictures">Pictures whose bytes went.</param>
/// <param name="PictureBytes">How many bytes those were.</param>
/// <param name="Jobs">Finished jobs, with their events and webhooks' logs.</param>
/// <param name="HistoryRows">Rows of the history.</param>
/// <param name="PictureRows">What was left of pictures whose bytes went long ago.</param>
public sealed record Removed(long Pictures, long PictureBytes, long Jobs, long HistoryRows, long PictureRows);
