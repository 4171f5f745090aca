using Ivg.Hosting.Telemetry;
using Ivg.Hosting.Telemetry.Logs;
using Ivg.Hosting.Telemetry.Metrics;
using Ivg.Hosting.Telemetry.Otlp;
using Ivg.Hosting.Telemetry.Traces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Ivg.Hosting.Dashboard.Telemetry;

/// <summary>Logs, traces and metrics as JSON: what the pages read, and tests.</summary>
internal static class TelemetryEndpoints
{
    private const int MaxLimit = 1_000;
    private const int MaxTraceLogs = 2_000;
    private const double MaxMinutes = 12 * 60;

    public static void MapTelemetry(this IEndpointRouteBuilder app)
    {
        var telemetry = app.MapGroup("/api/telemetry");
        telemetry.MapGet("", State);
        telemetry.MapDelete("", (TelemetryStore store) => { store.Clear(); return TypedResults.NoContent(); });
        telemetry.MapGet("/logs", Logs);
        telemetry.MapGet("/traces", Traces);
        telemetry.MapGet("/traces/{traceId}", Trace);
        telemetry.MapGet("/metrics", (TelemetryStore store) => store.Metrics.Instruments());
        telemetry.MapGet("/metrics/chart", Chart);
        telemetry.MapGet("/find", (string id, TelemetryStore store) => Life.Find(store, id.Trim()));
    }

    private static object State(TelemetryStore store, TelemetryOptions bounds, OtlpAccess otlp) => new
    {
        logs = new { store.Logs.Count, store.Logs.Dropped, max = bounds.MaxLogs },
        spans = new { count = store.Traces.Spans, store.Traces.Dropped, max = bounds.MaxSpans },
        series = new { store.Metrics.Count, store.Metrics.Dropped, max = bounds.MaxSeries },
        otlp.GrpcUrl,
        otlp.HttpUrl,
    };

    private static LogRows Logs(
        TelemetryStore store, string? resource, string? level, string? text, [FromQuery(Name = "trace_id")] string? traceId, [FromQuery(Name = "span_id")] string? spanId,
        string[] attribute, long? before, long? after, int limit = 200)
    {
        var page = store.Logs.Query(new LogQuery
        {
            Source = resource,
            MinSeverity = LogEntry.SeverityOf(level),
            Text = text,
            TraceId = traceId,
            SpanId = spanId,
            Tags = Filters(attribute),
            Before = before ?? long.MaxValue,
            After = after ?? 0,
            Limit = Math.Clamp(limit, 1, MaxLimit),
        });
        return new LogRows(page.Entries.Select(LogRow.From), page.Matched, page.More);
    }

    private static TraceRows Traces(
        TelemetryStore store, string? resource, string? text, string[] attribute, bool? errors, [FromQuery(Name = "min_ms")] double? minMs,
        [FromQuery(Name = "min_resources")] int? minResources, long? before, int limit = 100)
        => new(store.Traces.Query(new TraceQuery
        {
            Source = resource,
            Text = text,
            Tags = Filters(attribute),
            MinSources = minResources ?? 0,
            ErrorsOnly = errors ?? false,
            MinDuration = TimeSpan.FromMilliseconds(Math.Clamp(minMs ?? 0, 0, TimeSpan.MaxValue.TotalMilliseconds / 2)),
            Before = before ?? long.MaxValue,
            Limit = Math.Clamp(limit, 1, MaxLimit),
        }));

    private static IResult Trace(string traceId, TelemetryStore store)
    {
        var spans = store.Traces.Find(traceId);
        return spans.Count == 0 ? TypedResults.NotFound() : TypedResults.Json(new
        {
            traceId,
            spans = spans.Select(SpanRow.From),
            logs = store.Logs.Where(e => e.TraceId == traceId, MaxTraceLogs).OrderBy(e => e.Time).Select(LogRow.From),
            linkedFrom = store.Traces.LinkingTo(traceId).Take(MaxLimit).Select(SpanRow.From),
        });
    }

    private static IResult Chart(TelemetryStore store, TimeProvider time, string resource, string meter, string name, string? by, string[] attribute, double minutes = 5)
    {
        var chart = store.Metrics.Query(
            new MetricQuery(resource, meter, name)
            {
                By = string.IsNullOrEmpty(by) ? null : by,
                Tags = Filters(attribute),
                Window = TimeSpan.FromMinutes(Math.Clamp(minutes, 1, MaxMinutes)),
            },
            time.GetUtcNow());
        return chart is null ? TypedResults.NotFound() : TypedResults.Json(chart);
    }

    private static IReadOnlyList<TagFilter> Filters(string[] attributes) => [.. attributes.Select(TagFilter.Parse).OfType<TagFilter>()];
}
