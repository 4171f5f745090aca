namespace Ivg.Core.Jobs;

/// <summary>One visible change of a job.</summary>
/// <param name="Version">The job's version after it: the event's id.</param>
/// <param name="Type"><c>queued</c>, <c>running</c>, <c>progress</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Data">JSON of the members that change.</param>
public sealed record JobEvent(long Version, string Type, string Data);
