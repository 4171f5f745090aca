using System.Diagnostics;
using Npgsql;

namespace Ivg.Bench;

/// <summary>Submits jobs of many sessions, fifty at a time, and stops the clock when the last one has succeeded in its row.</summary>
internal static class NoOpThroughput
{
    private const int Sessions = 500;

    public static async Task RunAsync(BenchEngine engine, int count)
    {
        var run = Guid.CreateVersion7().ToString("N");
        for (var i = 0; i < 200; i++) await engine.SubmitAsync($"warm-{run}-{i}");
        await FinishedAsync(engine, $"warm-{run}-%", 200);

        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 50 },
            async (i, _) => await engine.SubmitAsync($"noop-{run}-{i % Sessions}"));
        var submitted = clock.Elapsed;
        await FinishedAsync(engine, $"noop-{run}-%", count);
        Console.WriteLine($"{count} no-op jobs: {count / clock.Elapsed.TotalSeconds:0} jobs/s (submitted at {count / submitted.TotalSeconds:0}/s)");
    }

    private static async Task FinishedAsync(BenchEngine engine, string sessions, int count)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await ticks.WaitForNextTickAsync())
        {
            await using var command = engine.Get<NpgsqlDataSource>().CreateCommand("select count(*) from jobs where status = 'succeeded' and session_id like $1");
            command.Parameters.Add(new() { Value = sessions });
            if (await command.ExecuteScalarAsync() is long done && done >= count) return;
        }
    }
}
