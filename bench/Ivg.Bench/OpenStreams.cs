using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Ivg.Core.Jobs;

namespace Ivg.Bench;

/// <summary>Many open streams on one API process: what each keeps resident there, and how soon an end of a job is read.</summary>
internal static class OpenStreams
{
    private const int Ends = 1000;

    /// <param name="engine">The engine without a worker, so that the jobs wait.</param>
    /// <param name="count">Streams, one a job and session.</param>
    /// <param name="api">The API's address.</param>
    /// <param name="processId">The API's process.</param>
    public static async Task RunAsync(BenchEngine engine, int count, Uri api, int processId)
    {
        var run = Guid.NewGuid().ToString("N")[..8];
        var jobs = new ConcurrentDictionary<int, Job>();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (i, _) => jobs[i] = (await engine.SubmitAsync($"default:{run}-{i}")).Job!);
        var (opened, arrivals) = (new SemaphoreSlim(0), new ConcurrentDictionary<Guid, TaskCompletionSource<long>>());
        foreach (var job in jobs.Values) arrivals[job.JobId] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        // Some streams before the first reading of the figure, so that code and pools are there.
        var few = count / 20;
        await OpenAsync(0, few);
        var before = EdgeUser.Memory(processId).Now;
        await OpenAsync(few, count);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var after = EdgeUser.Memory(processId).Now;
        Console.WriteLine($"{count} streams: {(after - before) / 1024.0 / (count - few):0.0} KB each ({before >> 20} MB with {few}, {after >> 20} MB with all)");
        var delays = new List<double>();
        foreach (var job in jobs.Values.Take(Ends))
        {
            var lease = await engine.Get<JobLeases>().ClaimAsync(job.JobId, null);
            await engine.Get<JobFinisher>().SucceedAsync(lease!.Job, new JobOutput([], "none", "none"), CancellationToken.None);
            var finished = Stopwatch.GetTimestamp();
            engine.Get<JobNotifier>().Changed(job);
            var arrived = await arrivals[job.JobId].Task.WaitAsync(TimeSpan.FromSeconds(30));
            engine.Get<JobLeases>().Release(lease);
            delays.Add(Math.Max(0, Stopwatch.GetElapsedTime(finished, arrived).TotalMilliseconds));
        }
        Console.WriteLine($"finish to event: p50 {delays.Percentile(0.5):0.0} ms, p99 {delays.Percentile(0.99):0.0} ms");

        async Task OpenAsync(int from, int to)
        {
            foreach (var part in Enumerable.Range(from, to - from).Chunk(100))
            {
                foreach (var i in part) _ = ReadAsync(api, jobs[i], $"{run}-{i}", opened, arrivals[jobs[i].JobId]);
                for (var i = 0; i < part.Length; i++)
                    if (!await opened.WaitAsync(TimeSpan.FromSeconds(30))) throw new TimeoutException("A stream did not open.");
            }
        }
    }

    private static async Task ReadAsync(Uri api, Job job, string user, SemaphoreSlim opened, TaskCompletionSource<long> arrived)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(api.Host, api.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /api/jobs/{job.JobId}/stream HTTP/1.1\r\nHost: {api.Authority}\r\nX-User-Id: {user}\r\n\r\n"));
        var (buffer, text, isOpen) = (new byte[2048], "", false);
        while (await stream.ReadAsync(buffer) is > 0 and var read)
        {
            text += Encoding.UTF8.GetString(buffer, 0, read);
            if (!isOpen && text.Contains("event: queued", StringComparison.Ordinal))
            {
                isOpen = true;
                opened.Release();
            }
            if (text.Contains("event: succeeded", StringComparison.Ordinal)) arrived.TrySetResult(Stopwatch.GetTimestamp());
        }
    }
}
