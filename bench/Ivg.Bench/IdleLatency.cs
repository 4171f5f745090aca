using System.Diagnostics;
using Ivg.Core.Jobs;
using Npgsql;

namespace Ivg.Bench;

/// <summary>One job at a time on an idle engine: from submit to its start and to its end, by the database's own clock.</summary>
internal static class IdleLatency
{
    public static async Task RunAsync(BenchEngine engine, int count)
    {
        var done = new SemaphoreSlim(0);
        var (watched, finished) = (Guid.Empty, 0);
        await engine.Get<JobNotifier>().OnChangedAsync((jobId, _) =>
        {
            if (jobId == watched && Interlocked.Increment(ref finished) == 2) done.Release();
        });
        var (start, end) = (new List<double>(), new List<double>());
        for (var i = 0; i < count; i++)
        {
            finished = 0;
            var began = Stopwatch.GetTimestamp();
            var job = (await engine.SubmitAsync($"latency-{i}")).Job!;
            watched = job.JobId;
            await done.WaitAsync(TimeSpan.FromSeconds(1));
            end.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await using var command = engine.Get<NpgsqlDataSource>().CreateCommand("select extract(epoch from started_at - created_at) * 1000 from jobs where job_id = $1");
            command.Parameters.Add(new() { Value = job.JobId });
            start.Add(Convert.ToDouble(await command.ExecuteScalarAsync(), provider: null));
        }
        Console.WriteLine($"submit to start: p50 {start.Percentile(0.5):0.0} ms, p95 {start.Percentile(0.95):0.0} ms; submit to end: p50 {end.Percentile(0.5):0.0} ms, p95 {end.Percentile(0.95):0.0} ms");
    }
}
