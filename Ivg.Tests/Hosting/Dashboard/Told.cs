using Ivg.Hosting.Telemetry;
using Ivg.Hosting.Telemetry.Logs;
using Ivg.Hosting.Telemetry.Metrics;
using Ivg.Hosting.Telemetry.Traces;

namespace Ivg.Tests.Hosting.Dashboard;

/// <summary>A job's life in two processes, as they would have told it.</summary>
internal static class Told
{
    public const string JobId = "01a20dd5-7d50-73b1-a8f9-83f54ca1e692";
    public static readonly string Trace = new('a', 32);
    private static readonly TelemetrySource Api = new("api", "api-1", []);
    private static readonly TelemetrySource Worker = new("worker", "worker-1", []);
    private static readonly Tag[] Job = [new("job_id", JobId)];

    public static void Tell(TelemetryStore store)
    {
        var now = TimeProvider.System.GetUtcNow().AddSeconds(-10);
        store.Traces.Add(
        [
            Span("0000000000000001", "", "POST /api/variations", Api, now, 80, Job),
            Span("0000000000000002", "0000000000000001", "publish", Api, now.AddMilliseconds(70), 5, Job),
            Span("0000000000000003", "0000000000000002", "process", Worker, now.AddMilliseconds(90), 3000, Job) with
            {
                IsError = true,
                StatusMessage = "out of paint",
                Events = [new SpanEvent(now.AddSeconds(2), "exception", [new("exception.type", "PaintException")])],
                Links = [new SpanLink(new string('b', 32), "0000000000000009", [])],
            },
        ]);
        store.Logs.Add(
        [
            Log(Api, now, 9, "Submitted", Trace, "0000000000000001", Job),
            Log(Worker, now.AddSeconds(2), 17, "Out of paint", Trace, "0000000000000003", [.. Job, new("exception.type", "PaintException"), new("exception.stacktrace", "at Brush.Dip()")]),
            Log(Worker, now.AddSeconds(3), 13, "Somebody else's", "", "", []),
        ]);
        for (var i = 0; i < 5; i++)
            store.Metrics.Add([new MetricSample(
                new Instrument("worker", "Paint", "paint.time", "s", "How long it takes", InstrumentKind.Histogram), Worker, [new("brush", "fine")],
                new MetricPoint(now.AddSeconds(i), i, [i, 2 * i, 0], [1, 5]), now, [new Exemplar(now.AddSeconds(i), 2.5, Trace, "0000000000000003")], IsDelta: false)]);
    }

    public static void TellLines(TelemetryStore store, int count)
        => store.Logs.Add([.. Enumerable.Range(1, count).Select(i => Log(Api, TimeProvider.System.GetUtcNow(), 9, $"line {i}", "", "", []))]);

    private static SpanEntry Span(string id, string parent, string name, TelemetrySource source, DateTimeOffset start, int milliseconds, Tag[] tags)
        => new(Trace, id, parent, name, "internal", source, "Test", start, start.AddMilliseconds(milliseconds), tags);

    private static LogEntry Log(TelemetrySource source, DateTimeOffset time, int severity, string message, string trace, string span, Tag[] tags)
        => new(0, time, source, "Test.Category", severity, message, tags, trace, span);
}
