using Ivg.Hosting.Telemetry;
using Ivg.Hosting.Telemetry.Traces;

namespace Ivg.Hosting.Dashboard.Telemetry;

/// <summary>Everything that one id leads to, across processes: traces and lines that have it as an attribute, or are of the trace that it names.</summary>
/// <param name="Names">Of the attributes that have it as their value.</param>
/// <param name="Spans">Of those traces, by their start.</param>
/// <param name="Logs">By their time.</param>
/// <param name="Truncated">Whether there is more than is told.</param>
internal sealed record Life(
    string Id, IReadOnlyList<string> Names, IReadOnlyList<TraceSummary> Traces, IReadOnlyList<SpanRow> Spans, IReadOnlyList<LogRow> Logs, bool Truncated)
{
    private const int MaxTraces = 50;
    private const int MaxSpans = 2_000;
    private const int MaxLogs = 2_000;

    public static Life Find(TelemetryStore store, string id)
    {
        var (traces, more) = store.Traces.WithValue(id, MaxTraces);
        var spans = traces.SelectMany(t => store.Traces.Find(t.TraceId)).OrderBy(s => s.Start).ToArray();
        var ids = traces.Select(t => t.TraceId).Append(id).ToHashSet();
        var logs = store.Logs.Where(e => ids.Contains(e.TraceId) || HasValue(e.Tags, id), MaxLogs + 1);
        var names = spans.SelectMany(s => s.Tags).Concat(logs.SelectMany(l => l.Tags)).Where(t => t.Value == id).Select(t => t.Name).Distinct().Order(StringComparer.Ordinal);
        return new Life(
            id, [.. names], [.. traces.OrderBy(t => t.Start)], [.. spans.Take(MaxSpans).Select(SpanRow.From)],
            [.. logs.Take(MaxLogs).OrderBy(l => l.Time).Select(LogRow.From)], more || spans.Length > MaxSpans || logs.Count > MaxLogs);
    }

    private static bool HasValue(Tag[] tags, string value) => Array.Exists(tags, t => t.Value == value);
}
