using Ivg.Hosting.Telemetry.Logs;

namespace Ivg.Hosting.Dashboard.Telemetry;

/// <summary>A log line as JSON.</summary>
internal sealed record LogRow(
    long Id, DateTimeOffset Time, string Resource, string Instance, string Level, string Category, string Message,
    string? TraceId, string? SpanId, IReadOnlyDictionary<string, string> Attributes)
{
    public static LogRow From(LogEntry entry) => new(
        entry.Id, entry.Time, entry.Source.Name, entry.Source.Instance, entry.Level, entry.Category, entry.Message,
        entry.TraceId.Length == 0 ? null : entry.TraceId, entry.SpanId.Length == 0 ? null : entry.SpanId, AttributeMap.Of(entry.Tags));
}
