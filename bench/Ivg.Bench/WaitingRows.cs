using System.Diagnostics;
using Ivg.Core.Jobs;
using Npgsql;

namespace Ivg.Bench;

/// <summary>What each step costs beside a million waiting jobs, against what it costs beside none, in one run on one database.</summary>
internal static class WaitingRows
{
    private const int Rounds = 200;
    private const int PerSession = 20;

    public static async Task RunAsync(BenchEngine engine, int count)
    {
        await ExecuteAsync(engine, "delete from jobs where request_id = 'waiting'");
        await SettleAsync(engine);
        await MeasureAsync(engine);
        var empty = await MeasureAsync(engine);
        // Sessions with a full queue each: four ready and told to the stream, the others behind them. One entry that is there stands for all of theirs:
        // the sweeper's look at a healthy queue is what is measured.
        var entry = await engine.Get<JobStream>().AddAsync((await engine.SubmitAsync($"entry-{Guid.NewGuid():N}")).Job!);
        await ExecuteAsync(engine, $"""
            insert into jobs (job_id, session_id, kind, max_attempts, request_id, payload, ready_at, enqueued_at, stream_id)
            select gen_random_uuid(), 'waiting-' || n / {PerSession}, 'variation', 3, 'waiting', '{"{}"}',
              case when n % {PerSession} < 4 then now() end, case when n % {PerSession} < 4 then now() - interval '1 hour' + n * interval '1 ms' end, case when n % {PerSession} < 4 then '{entry}' end
            from generate_series(0, {count - 1}) n
            """);
        await SettleAsync(engine);
        await MeasureAsync(engine);
        var full = await MeasureAsync(engine);
        Console.WriteLine($"median ms beside 0 and {count} waiting jobs");
        foreach (var (step, before) in empty) Console.WriteLine($"{step,-28} {before,8:0.00} {full[step],8:0.00}   x {full[step] / before:0.00}");
        await ExecuteAsync(engine, "delete from jobs where request_id = 'waiting'");
    }

    private static async Task<Dictionary<string, double>> MeasureAsync(BenchEngine engine)
    {
        var times = new Dictionary<string, List<double>>();
        var (leases, finisher, queries, canceller) = (engine.Get<JobLeases>(), engine.Get<JobFinisher>(), engine.Get<JobQueries>(), engine.Get<JobCanceller>());
        for (var round = 0; round < Rounds; round++)
        {
            var session = $"beside-{Guid.NewGuid():N}";
            var job = (await TimeAsync("submit and dispatch", () => engine.SubmitAsync(session))).Job!;
            var other = (await engine.SubmitAsync(session)).Job!;
            await TimeAsync("list", () => queries.ListAsync(session, null, JobStatus.Queued, null, 20, default));
            var lease = await TimeAsync("claim", () => leases.ClaimAsync(job.JobId, null));
            await TimeAsync("finish", () => finisher.SucceedAsync(lease!.Job, new JobOutput([], "none", "none"), default));
            leases.Release(lease!);
            await TimeAsync("cancel", () => canceller.CancelAsync(session, other.JobId, default));
            if (round % 10 > 0) continue;
            await TimeAsync("sweep: leases and dues", () => SweepAsync(engine, reconcile: false));
            await TimeAsync("sweep: with the stream", () => SweepAsync(engine, reconcile: true));
        }
        return times.ToDictionary(step => step.Key, step => step.Value.Percentile(0.5));

        async Task<T> TimeAsync<T>(string step, Func<Task<T>> work)
        {
            var began = Stopwatch.GetTimestamp();
            var result = await work();
            if (!times.TryGetValue(step, out var list)) times[step] = list = [];
            list.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            return result;
        }
    }

    // Writing a million rows leaves the server with their pages to write out, which is not what their being there costs.
    private static async Task SettleAsync(BenchEngine engine)
    {
        await ExecuteAsync(engine, "vacuum analyze jobs");
        await ExecuteAsync(engine, "checkpoint");
    }

    private static async Task<bool> SweepAsync(BenchEngine engine, bool reconcile)
    {
        await engine.Get<JobSweeper>().SweepAsync(reconcile, CancellationToken.None);
        return true;
    }

    private static async Task ExecuteAsync(BenchEngine engine, string statement)
    {
        await using var command = engine.Get<NpgsqlDataSource>().CreateCommand(statement);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }
}
