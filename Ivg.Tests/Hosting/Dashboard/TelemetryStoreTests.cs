using Ivg.Hosting.Telemetry;
using Ivg.Hosting.Telemetry.Logs;
using Ivg.Hosting.Telemetry.Metrics;
using Ivg.Hosting.Telemetry.Traces;

namespace Ivg.Tests.Hosting.Dashboard;

/// <summary>Memory is bounded, and what is kept is what was asked for.</summary>
public sealed class TelemetryStoreTests
{
    private static readonly TelemetrySource Api = new("api", "api-1", []);
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Add_MoreLogsThanAreKept_TheOldestGo()
    {
        var store = new LogStore(new TelemetryOptions { MaxLogs = 100 });
        store.Add([.. Enumerable.Range(1, 250).Select(i => Log($"line {i}"))]);

        var page = store.Query(new LogQuery { Limit = 1000 });
        Assert.Equal((100, 100, 150L), (store.Count, page.Matched, store.Dropped));
        Assert.Equal(("line 250", "line 151"), (page.Entries[0].Message, page.Entries[^1].Message));
    }

    [Fact]
    public void Add_LongLogs_BytesAreBoundedToo()
    {
        var store = new LogStore(new TelemetryOptions { MaxBytes = 1 << 20 });
        store.Add([.. Enumerable.Range(0, 1000).Select(_ => Log(new string('x', 10_000)))]);

        Assert.InRange(store.Count, 1, (1 << 20) / 20_000);
    }

    [Fact]
    public void Query_PageByPage_EachLineOnceAndTheNewestFirst()
    {
        var store = new LogStore(new TelemetryOptions());
        store.Add([.. Enumerable.Range(0, 25).Select(i => Log($"line {i}"))]);
        var seen = new List<string>();
        for (var before = long.MaxValue; ;)
        {
            var page = store.Query(new LogQuery { Limit = 10, Before = before });
            seen.AddRange(page.Entries.Select(e => e.Message));
            if (!page.More)
                break;
            before = page.Entries[^1].Id;
        }

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(i => $"line {i}"), seen);
    }

    [Theory]
    [InlineData("job_id:17", 1)]
    [InlineData("job_id:1", 0)]
    [InlineData("job_id:~1", 2)]
    [InlineData("job_id:", 2)]
    [InlineData("user_id:", 0)]
    public void Query_ByAttribute_EqualsContainsOrIsThere(string filter, int expected)
    {
        var store = new LogStore(new TelemetryOptions());
        store.Add([Log("a", new Tag("job_id", "17")), Log("b", new Tag("job_id", "18")), Log("c")]);

        Assert.Equal(expected, store.Query(new LogQuery { Tags = [TagFilter.Parse(filter)!] }).Matched);
    }

    [Fact]
    public void Add_MoreSpansThanAreKept_WholeTracesGo()
    {
        var store = new TraceStore(new TelemetryOptions { MaxSpans = 10 });
        for (var trace = 0; trace < 4; trace++)
            store.Add([.. Enumerable.Range(0, 4).Select(i => Span($"t{trace}", $"s{i}", i == 0 ? "" : "s0"))]);

        Assert.Equal((8, 2, 8L), (store.Spans, store.Count, store.Dropped));
        Assert.Empty(store.Find("t1"));
        Assert.Equal(4, store.Find("t2").Count);
    }

    [Fact]
    public void Add_OneTraceWithoutEnd_IsBoundedAsWell()
    {
        var store = new TraceStore(new TelemetryOptions { MaxSpans = 10 });
        for (var i = 0; i < 1000; i++)
            store.Add([Span("endless", $"s{i}", "s0")]);

        Assert.InRange(store.Spans, 1, 10);
    }

    [Fact]
    public void Query_CallersSpanIsElsewhere_RootIsTheFirstThatIsHere()
    {
        var store = new TraceStore(new TelemetryOptions());
        store.Add([Span("t", "child", "request", "select"), Span("t", "request", "callers-own", "POST /api/variations")]);

        Assert.Equal("POST /api/variations", store.Query(new TraceQuery()).Single().Name);
    }

    [Fact]
    public void Add_MoreSeriesThanAreKept_TheLongestSilentGoes()
    {
        var store = new MetricStore(new TelemetryOptions { MaxSeries = 3 }, TimeProvider.System);
        for (var i = 0; i < 5; i++)
            store.Add([Sample($"m{i}", i, i)]);

        Assert.Equal(["m2", "m3", "m4"], store.Instruments().Select(i => i.Name));
    }

    [Fact]
    public void Chart_CounterThatRestarts_RateNeverFallsBelowZero()
    {
        var store = new MetricStore(new TelemetryOptions(), TimeProvider.System);
        foreach (var (second, total) in new[] { (0, 100), (1, 110), (2, 130), (3, 5), (4, 8) })
            store.Add([Sample("count", second, total)]);

        var values = Draw(store, "count", seconds: 4).Lines.Single().Values.TakeLast(4);
        Assert.Equal([10, 20, 5, 3], values);
    }

    [Theory]
    [InlineData(true, 7.0)]
    [InlineData(false, 0.0)]
    public void Chart_FirstTotal_IsAnIncreaseOnlyIfNothingWasCountedBefore(bool beganAfterTheStore, double expected)
    {
        var store = new MetricStore(new TelemetryOptions(), TimeProvider.System);
        store.Add([Sample("count", 1, 7, beganAfterTheStore ? DateTimeOffset.MaxValue : default)]);

        Assert.Equal(expected, Draw(store, "count", seconds: 1).Lines.Single().Values[^1]);
    }

    [Fact]
    public void Chart_Histogram_PercentilesOfWhatWasMeasuredInTheStep()
    {
        var store = new MetricStore(new TelemetryOptions(), TimeProvider.System);
        store.Add([Histogram(0, 0, 0, 0), Histogram(1, 90, 10, 0), Histogram(2, 90, 10, 100)]);

        var line = Draw(store, "time", seconds: 2).Lines.Single();
        // Bounds 10 and 20: 90 values below 10 and 10 below 20, then 100 above.
        Assert.Equal((50 / 9.0, 10, 19), (line.P50![^2]!.Value, line.P90![^2]!.Value, line.P99![^2]!.Value));
        Assert.Equal((20, 100), (line.P50[^1]!.Value, line.Values[^1]!.Value));
    }

    private static MetricChart Draw(MetricStore store, string name, int seconds)
        => store.Query(new MetricQuery("api", "meter", name) { Window = TimeSpan.FromMinutes(1) }, Start.AddSeconds(seconds))!;

    private static LogEntry Log(string message, params Tag[] tags) => new(0, Start, Api, "Test", 9, message, tags, "", "");

    private static SpanEntry Span(string trace, string id, string parent, string name = "span")
        => new(trace, id, parent, name, "internal", Api, "test", Start, Start.AddMilliseconds(5), []);

    private static MetricSample Sample(string name, int second, double value, DateTimeOffset began = default)
        => new(new Instrument("api", "meter", name, "", "", InstrumentKind.Counter), Api, [], new MetricPoint(Start.AddSeconds(second), value), began, [], IsDelta: false);

    private static MetricSample Histogram(int second, params long[] buckets)
        => new(new Instrument("api", "meter", "time", "s", "", InstrumentKind.Histogram), Api, [],
            new MetricPoint(Start.AddSeconds(second), buckets.Sum(), buckets, [10, 20]), default, [], IsDelta: false);
}
