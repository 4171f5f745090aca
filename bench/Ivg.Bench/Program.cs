using Ivg.Bench;

const string Usage = """
    usage, with ConnectionStrings__ivgdb (migrated) and ConnectionStrings__redis set:
      Ivg.Bench noop [JOBS]                      no-op jobs a second through one worker
      Ivg.Bench latency JOBS API_URL             one job at a time: submit to start, submit to the event at a listening client
      Ivg.Bench waiting [ROWS]                   each step beside so many waiting jobs and beside none
      Ivg.Bench streams STREAMS API_URL API_PID  open streams of one API process on the same servers
      Ivg.Bench provider CALLS EMULATOR_URL      a provider call beside the bare exchange of the same bytes
      Ivg.Bench variations JOBS AT_ONCE API_URL [NAME=PID]...  variations end to end (bench/variations.sh starts what it needs)
      Ivg.Bench uploads COUNT AT_ONCE API_URL API_PID   photos of 5 MB (bench/edge.sh starts what these need)
      Ivg.Bench mixture MINUTES API_URL API_PID  uploads, polls, 500 streams, images, history and deletions at once
      Ivg.Bench fairness SECONDS API_URL         one session's calls alone and beside another's flood of submits and reads, three times in turn
      Ivg.Bench history [ROWS]                   pages of the history beside a thousand rows and beside so many
      Ivg.Bench fuzz SECONDS SEED API_URL API_PID  spoilt pictures and forms
    without any server, from the repository's root:
      Ivg.Bench hints FILE OUT.png               draws a picture's layout hints over it and prints their words
      Ivg.Bench hints-time                       processor time of hints and of the check of a result
      Ivg.Bench picture OUT.png                  writes a picture of 1 MB
      Ivg.Bench sheet FOLDER                     docs/pictures: every style over every sample, and four seeds of one
      Ivg.Bench styles [RUNS]                    processor time and memory of each style at 1 and 12 megapixels
      Ivg.Bench otlp SPANS OTLP_URL KEY APPHOST_PID  spans a second of the dashboard's processor time, over gRPC or HTTP as the port speaks
      Ivg.Bench dashboard [LINES]                how soon the dashboard answers its page of logs, beside so many lines
      Ivg.Bench dashboard-pages [LINES]          keeps such a dashboard up until input ends (bench/dashboard.mjs looks at it)
    """;
var what = args.FirstOrDefault();
var count = args.Length > 1 && int.TryParse(args[1], out var number) ? number : (int?)null;
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
        await StyleCosts.RunAsync(count ?? 3);
        return;
    case "otlp" when args.Length == 5:
        await OtlpIntake.RunAsync(count!.Value, new Uri(args[2]), args[3], int.Parse(args[4], provider: null));
        return;
    case "dashboard":
        await DashboardAnswers.RunAsync(count ?? 100_000);
        return;
    case "dashboard-pages":
        await DashboardAnswers.ShowAsync(count ?? 100_000);
        return;
    case "provider" when args.Length == 3:
        await ProviderOverhead.RunAsync(args[2], count!.Value);
        return;
    case "picture" when args.Length == 2:
        await File.WriteAllBytesAsync(args[1], BenchPicture.OfAMegabyte());
        return;
    case "uploads" when args.Length == 5:
        await EdgeUploads.RunAsync(new Uri(args[3]), int.Parse(args[4], provider: null), count!.Value, int.Parse(args[2], provider: null));
        return;
    case "mixture" when args.Length == 4:
        await EdgeMixture.RunAsync(new Uri(args[2]), int.Parse(args[3], provider: null), double.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture));
        return;
    case "fairness" when args.Length == 3:
        await Fairness.RunAsync(new Uri(args[2]), double.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture));
        return;
    case "flood" when args.Length == 3:
        await Fairness.FloodAsync(args[1], new Uri(args[2]));
        return;
    case "fuzz" when args.Length == 5:
        await Fuzz.RunAsync(double.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture), int.Parse(args[2], provider: null), new Uri(args[3]), int.Parse(args[4], provider: null));
        return;
    case "variations" when args.Length >= 4:
        await VariationLoad.RunAsync(
            new Uri(args[3]), count!.Value, int.Parse(args[2], provider: null), Environment.GetEnvironmentVariable("PLATFORM_API_KEYS")?.Split(',')[0], args[4..]);
        return;
}

await using var engine = await BenchEngine.StartAsync(worker: what is "noop" or "latency");
await (what switch
{
    "noop" => NoOpThroughput.RunAsync(engine, count ?? 20_000),
    "latency" when args.Length == 3 => IdleLatency.RunAsync(engine, count!.Value, new Uri(args[2])),
    "history" => HistoryPages.RunAsync(engine, count ?? 1_000_000),
    "waiting" => WaitingRows.RunAsync(engine, count ?? 1_000_000),
    "streams" when args.Length == 4 => OpenStreams.RunAsync(engine, count!.Value, new Uri(args[2]), int.Parse(args[3], provider: null)),
    _ => throw new ArgumentException(Usage),
});
