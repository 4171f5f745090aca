using Ivg.Bench;

const string Usage = """
    usage, with ConnectionStrings__ivgdb (migrated) and ConnectionStrings__redis set:
      Ivg.Bench noop [JOBS]                      no-op jobs a second through one worker
      Ivg.Bench latency [JOBS]                   one job at a time: submit to start, submit to end
      Ivg.Bench waiting [ROWS]                   each step beside so many waiting jobs and beside none
      Ivg.Bench streams STREAMS API_URL API_PID  open streams of one API process on the same servers
    without any server, from the repository's root:
      Ivg.Bench hints FILE OUT.png               draws a picture's layout hints over it and prints their words
      Ivg.Bench hints-time                       processor time of hints and of the check of a result
      Ivg.Bench sheet FOLDER                     docs/pictures: every style over every sample, and four seeds of one
      Ivg.Bench styles [RUNS]                    processor time and memory of each style at 1 and 12 megapixels
    """;
var what = args.FirstOrDefault();
switch (what)
{
    case "hints" when args.Length == 3:
        HintsDrawing.Run(args[1], args[2]);
        return;
    case "hints-time":
        HintsTime.Run();
        return;
    case "sheet" when args.Length == 2:
        await ContactSheets.RunAsync(args[1]);
        return;
    case "styles":
        await StyleCosts.RunAsync(args.Length > 1 ? int.Parse(args[1], provider: null) : 3);
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
