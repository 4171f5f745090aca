using Ivg.Bench;

// usage: Ivg.Bench noop [jobs] | latency [jobs]   with ConnectionStrings__ivgdb (migrated) and ConnectionStrings__redis set
var count = args.Length > 1 ? int.Parse(args[1], provider: null) : 5000;
await using var engine = await BenchEngine.StartAsync();
switch (args.FirstOrDefault())
{
    case "noop":
        await NoOpThroughput.RunAsync(engine, count);
        break;
    case "latency":
        await IdleLatency.RunAsync(engine, Math.Min(count, 500));
        break;
    default:
        Console.Error.WriteLine("Say noop or latency.");
        return 1;
}
return 0;
