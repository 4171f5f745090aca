namespace Ivg.Hosting.Telemetry.Logs;

/// <summary>Some lines, the newest first.</summary>
/// <param name="Matched">How many lines meet the query; null when a later page was asked for.</param>
/// <param name="More">Whether older ones meet it too.</param>
internal sealed record LogPage(IReadOnlyList<LogEntry> Entries, int? Matched, bool More);
