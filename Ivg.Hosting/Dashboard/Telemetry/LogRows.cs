namespace Ivg.Hosting.Dashboard.Telemetry;

/// <summary>Log lines, the newest first.</summary>
/// <param name="Matched">How many there are; null for a later page.</param>
internal sealed record LogRows(IEnumerable<LogRow> Logs, int? Matched, bool More);
