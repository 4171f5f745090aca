using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;

namespace Ivg.Bench;

/// <summary>One job at a time on an idle engine: from submit to its start by the database's clock, and to the event that a listening client reads.</summary>
internal static class IdleLatency
{
    /// <param name="engine">With a worker in this process.</param>
    /// <param name="count">Jobs.</param>
    /// <param name="api">On the same servers; its session's stream is listened to.</param>
    public static async Task RunAsync(BenchEngine engine, int count, Uri api)
    {
        var user = Guid.NewGuid().ToString("N");
        var ends = Channel.CreateUnbounded<string>();
        using var http = new HttpClient { BaseAddress = api };
        http.DefaultRequestHeaders.Add("X-User-Id", user);
        using var reader = new StreamReader(await http.GetStreamAsync(new Uri("/api/jobs/stream", UriKind.Relative)));
        _ = ReadAsync(reader, ends.Writer);
        var (start, end) = (new List<double>(), new List<double>());
        for (var i = 0; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var job = (await engine.SubmitAsync($"default:{user}")).Job!;
            while (!(await ends.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10))).Contains(job.JobId.ToString(), StringComparison.Ordinal)) { }
            end.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await using var command = engine.Get<NpgsqlDataSource>().CreateCommand("select extract(epoch from started_at - created_at) * 1000 from jobs where job_id = $1");
            command.Parameters.Add(new() { Value = job.JobId });
            start.Add(Convert.ToDouble(await command.ExecuteScalarAsync(), provider: null));
        }
        Console.WriteLine($"submit to start: p50 {start.Percentile(0.5):0.0} ms, p95 {start.Percentile(0.95):0.0} ms; "
            + $"submit to the succeeded event: p50 {end.Percentile(0.5):0.0} ms, p95 {end.Percentile(0.95):0.0} ms");
    }

    private static async Task ReadAsync(StreamReader reader, ChannelWriter<string> ends)
    {
        var ended = false;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) ended = line == "event: succeeded";
            else if (ended && line.StartsWith("data: ", StringComparison.Ordinal)) ends.TryWrite(line);
        }
    }
}
