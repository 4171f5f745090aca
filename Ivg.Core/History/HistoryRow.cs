namespace Ivg.Core.History;

/// <summary>A finished job as history keeps it.</summary>
public sealed record HistoryRow
{
    public required Guid HistoryId { get; init; }
    public required Guid JobId { get; init; }
    public required string Kind { get; init; }
    public string? StyleId { get; init; }
    public string? StyleName { get; init; }
    public string? Prompt { get; init; }

    /// <summary>JSON of what was asked.</summary>
    public required string Settings { get; init; }

    public Guid? SourceImageId { get; init; }
    public required Guid[] ImageIds { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
