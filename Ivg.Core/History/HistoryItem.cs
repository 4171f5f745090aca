using Ivg.Core.Images;

namespace Ivg.Core.History;

/// <summary>A row of a session's history with what is left of its images.</summary>
/// <param name="Row">The row.</param>
/// <param name="Source">The source, unless it was a style's reference or is gone.</param>
/// <param name="Images">The results that are still there, in order.</param>
public sealed record HistoryItem(HistoryRow Row, Asset? Source, IReadOnlyList<Asset> Images);
