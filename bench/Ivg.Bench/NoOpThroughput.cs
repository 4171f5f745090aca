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
        var finished = clock.Elapsed;
        Console.WriteLine($"{count} no-op jobs: {count / finished.TotalSeconds:0} jobs/s (submitted at {count / submitted.TotalSeconds:0}/s)");
    }

    private static async Task FinishedAsync(BenchEngine engine, string sessions, int count)
    {
        // Asking whether anything is open reads one index entry; counting all would be part of what is measured.
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await AskAsync<bool>(engine, "select exists (select from jobs where finished_at is null and session_id like $1)", sessions))
            await ticks.WaitForNextTickAsync();
        var succeeded = await AskAsync<long>(engine, "select count(*) from jobs where status = 'succeeded' and session_id like $1", sessions);
        if (succeeded != count) throw new InvalidOperationException($"{succeeded} of {count} jobs succeeded.");
    }

    private static async Task<T> AskAsync<T>(BenchEngine engine, string question, string sessions)
    {
        await using var command = engine.Get<NpgsqlDataSource>().CreateCommand(question);
        command.Parameters.Add(new() { Value = sessions });
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
