namespace Ivg.Hosting;

/// <summary>A table of a contributed page.</summary>
/// <param name="Empty">Said in place of a table without rows.</param>
public sealed record DashboardTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string Empty);
