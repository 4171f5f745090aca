using Ivg.Bench;

const string Usage = """
    usage, with ConnectionStrings__ivgdb (migrated) and ConnectionStrings__redis set:
      Ivg.Bench noop [JOBS]                      no-op jobs a second through one worker
      Ivg.Bench latency [JOBS]                   one job at a time: submit to start, submit to end
      Ivg.Bench waiting [ROWS]                   each step beside so many waiting jobs and beside none
      Ivg.Bench streams STREAMS API_URL API_PID  open streams of one API process on the same servers
      Ivg.Bench provider CALLS EMULATOR_URL      a provider call beside the bare exchange of the same bytes
      Ivg.Bench variations JOBS AT_ONCE API_URL [NAME=PID]...  variations end to end (bench/variations.sh starts what it needs)
    """;
var what = args.FirstOrDefault();
var count = args.Length > 1 ? int.Parse(args[1], provider: null) : (int?)null;
if (what == "provider" && args.Length == 3)
{
    await ProviderOverhead.RunAsync(args[2], count!.Value);
    return;
}
if (what == "variations" && args.Length >= 4)
{
    await VariationLoad.RunAsync(new Uri(args[3]), count!.Value, int.Parse(args[2], provider: null), Environment.GetEnvironmentVariable("PLATFORM_API_KEYS")?.Split(',')[0], args[4..]);
    return;
}
await using var engine = await BenchEngine.StartAsync(worker: what is "noop" or "latency");
await (what switch
{
    "noop" => NoOpThroughput.RunAsync(engine, count ?? 20_000),
    "latency" => IdleLatency.RunAsync(engine, count ?? 500),
    "waiting" => WaitingRows.RunAsync(engine, count ?? 1_000_000),
    "streams" when args.Length == 4 => OpenStreams.RunAsync(engine, count!.Value, new Uri(args[2]), int.Parse(args[3], provider: null)),
    _ => throw new ArgumentException(Usage),
});
