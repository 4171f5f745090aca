namespace Ivg.Core.History;

/// <summary>A page of a history.</summary>
/// <param name="Items">Newest first; with a filter they may be fewer than asked for although more follow.</param>
/// <param name="Next">Where the next page begins: before this row; null when there is none.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryItem> Items, Guid? Next);
