using Ivg.Bench;

const string Usage = """
    usage, with ConnectionStrings__ivgdb (migrated) and ConnectionStrings__redis set:
      Ivg.Bench noop [JOBS]                      no-op jobs a second through one worker
      Ivg.Bench latency [JOBS]                   one job at a time: submit to start, submit to end
      Ivg.Bench waiting [ROWS]                   each step beside so many waiting jobs and beside none
      Ivg.Bench streams STREAMS API_URL API_PID  open streams of one API process on the same servers
    without them:
      Ivg.Bench otlp SPANS OTLP_URL KEY APPHOST_PID  spans a second of the dashboard's processor time, over gRPC or HTTP as the port speaks
    """;
var what = args.FirstOrDefault();
if (what is "otlp" && args.Length == 5)
{
    await OtlpIntake.RunAsync(int.Parse(args[1], provider: null), new Uri(args[2]), args[3], int.Parse(args[4], provider: null));
    return;
}

var count = args.Length > 1 ? int.Parse(args[1], provider: null) : (int?)null;
await using var engine = await BenchEngine.StartAsync(worker: what is "noop" or "latency");
await (what switch
{
    "noop" => NoOpThroughput.RunAsync(engine, count ?? 20_000),
    "latency" => IdleLatency.RunAsync(engine, count ?? 500),
    "waiting" => WaitingRows.RunAsync(engine, count ?? 1_000_000),
    "streams" when args.Length == 4 => OpenStreams.RunAsync(engine, count!.Value, new Uri(args[2]), int.Parse(args[3], provider: null)),
    _ => throw new ArgumentException(Usage),
});
