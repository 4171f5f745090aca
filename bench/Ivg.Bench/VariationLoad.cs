using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Ivg.Bench;

/// <summary>Variations from upload to result through a running API and worker, followed by their streams; processor time of the named processes.</summary>
internal static class VariationLoad
{
    public static async Task RunAsync(Uri api, int jobs, int atOnce, string? key, IReadOnlyList<string> processes)
    {
        var png = BenchPicture.Make();
        using var client = new HttpClient { BaseAddress = api };
        // The first ones compile the code.
        await RunAsync(client, png, Math.Min(jobs, 40), atOnce, key);
        var before = processes.Select(ProcessorMilliseconds).ToArray();
        var own = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        var latencies = await RunAsync(client, png, jobs, atOnce, key);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine($"{jobs} variations of a {png.Length / 1000} kB picture, {atOnce} at a time: {jobs / seconds:0.0} a second; upload to end p50 {latencies.Percentile(0.5):0} ms, p95 {latencies.Percentile(0.95):0} ms");
        var figures = processes.Select((process, index) => $"{process.Split('=')[0]} {(ProcessorMilliseconds(process) - before[index]) / jobs:0.0}");
        Console.WriteLine($"processor time a job, ms: {string.Join(", ", figures)}, this load {(Environment.CpuUsage.TotalTime - own).TotalMilliseconds / jobs:0.0}");
    }

    private static async Task<IReadOnlyCollection<double>> RunAsync(HttpClient client, byte[] png, int jobs, int atOnce, string? key)
    {
        var (next, latencies) = (0, new List<double>());
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async user =>
        {
            while (Interlocked.Increment(ref next) <= jobs)
            {
                var began = Stopwatch.GetTimestamp();
                await OneAsync(client, png, $"load-{user}", key);
                lock (latencies) latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }));
        return latencies;
    }

    private static async Task OneAsync(HttpClient client, byte[] png, string user, string? key)
    {
        var picture = new ByteArrayContent(png);
        picture.Headers.ContentType = new("image/png");
        using var form = new MultipartFormDataContent { { picture, "image", "a.png" }, { new StringContent("a variation"), "prompt" } };
        using var submit = Message(HttpMethod.Post, "/api/variations", user, key);
        submit.Content = form;
        using var submitted = (await client.SendAsync(submit)).EnsureSuccessStatusCode();
        using var job = JsonDocument.Parse(await submitted.Content.ReadAsByteArrayAsync());
        using var follow = Message(HttpMethod.Get, job.RootElement.GetProperty("links").GetProperty("stream").GetString()!, user, key);
        using var stream = (await client.SendAsync(follow, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
        var told = await stream.Content.ReadAsStringAsync();
        if (!told.Contains("event: succeeded", StringComparison.Ordinal)) throw new InvalidOperationException($"A job did not succeed: {told}");
    }

    private static HttpRequestMessage Message(HttpMethod method, string path, string user, string? key)
    {
        var message = new HttpRequestMessage(method, path);
        message.Headers.Add("X-User-Id", user);
        if (key is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return message;
    }

    /// <summary>Of <c>name=pid</c>; with <c>name=pid+</c> also of its children, as Postgres has one for each connection.</summary>
    private static double ProcessorMilliseconds(string process)
    {
        var pid = process.Split('=')[1];
        var id = int.Parse(pid.TrimEnd('+'), provider: null);
        if (!pid.EndsWith('+')) return Stat(id).Own;
        var own = Stat(id);
        return own.Own + own.Ended + Process.GetProcesses().Select(one => Stat(one.Id)).Where(one => one.Parent == id).Sum(one => one.Own);
    }

    private static (int Parent, double Own, double Ended) Stat(int pid)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{pid}/stat");
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ').Select(field => long.TryParse(field, out var number) ? number : 0).ToArray();
            // Ticks are hundredths of a second.
            return ((int)fields[1], (fields[11] + fields[12]) * 10, (fields[13] + fields[14]) * 10);
        }
        catch (IOException)
        {
            return default;
        }
    }
}
