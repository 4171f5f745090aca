using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ivg.Bench;

/// <summary>Everything at once for minutes: uploads, polls, open streams, images, history and deletions. No answer may be wrong, and memory must not grow.</summary>
internal static class EdgeMixture
{
    private const int Streams = 500;
    private const int Users = 16;

    private static readonly string[] Forms = ["", "?width=256"];

    public static async Task RunAsync(Uri api, int pid, double minutes)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 2000 }) { BaseAddress = api, Timeout = Timeout.InfiniteTimeSpan };
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        var (counts, errors, picture) = (new ConcurrentDictionary<string, int>(), new ConcurrentBag<string>(), BenchPicture.Make());
        var began = Stopwatch.GetTimestamp();
        var work = Enumerable.Range(0, Streams).Select(i => FollowAsync(new EdgeUser(http, $"mix-{i % Users}"), counts, errors, end.Token))
            .Concat(Enumerable.Range(0, Users).Select(i => UseAsync(new EdgeUser(http, $"mix-{i}"), picture, counts, errors, end.Token))).ToList();
        // A sample a twentieth of the run; the first is taken when everything has been used.
        var samples = new List<long>();
        while (!end.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(TimeSpan.FromMinutes(minutes / 20), end.Token));
            samples.Add(EdgeUser.Memory(pid).Now >> 20);
        }
        await Task.WhenAll(work);
        Console.WriteLine($"mixture of {Stopwatch.GetElapsedTime(began).TotalMinutes:0.0} min: {string.Join(", ", counts.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Value}"))}; {errors.Count} errors");
        Console.WriteLine($"API resident, MiB: {string.Join(' ', samples)}");
        foreach (var error in errors.Distinct().Take(10)) Console.WriteLine(error);
    }

    private static async Task UseAsync(EdgeUser user, byte[] picture, ConcurrentDictionary<string, int> counts, ConcurrentBag<string> errors, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await TryAsync(errors, async () =>
            {
                var job = await user.SubmitAsync(picture);
                Count("uploads");
                System.Text.Json.JsonElement state;
                do
                {
                    await Task.Delay(100, CancellationToken.None);
                    state = await user.GetAsync($"/api/jobs/{job}");
                    Count("polls");
                }
                while (state.GetProperty("status").GetString() is "queued" or "running");
                var url = state.GetProperty("result").GetProperty("url").GetString()!;
                foreach (var form in Forms)
                {
                    using var image = await user.SendAsync(HttpMethod.Get, url + form);
                    image.EnsureSuccessStatusCode();
                    Count("images");
                }
                var row = (await user.GetAsync("/api/history?limit=5")).GetProperty("items")[0].GetProperty("history_id").GetString();
                Count("pages");
                using var deleted = await user.SendAsync(HttpMethod.Delete, $"/api/history/{row}");
                deleted.EnsureSuccessStatusCode();
                Count("deletions");
            });
        }

        void Count(string what) => counts.AddOrUpdate(what, 1, (_, count) => count + 1);
    }

    // A session's stream lasts 225 s; who is sent away comes back.
    private static async Task FollowAsync(EdgeUser user, ConcurrentDictionary<string, int> counts, ConcurrentBag<string> errors, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await TryAsync(errors, async () =>
            {
                using var answer = (await user.SendAsync(HttpMethod.Get, "/api/jobs/stream", headersOnly: true, cancellationToken: end)).EnsureSuccessStatusCode();
                using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(end));
                while (await reader.ReadLineAsync(end) is { } line)
                {
                    if (line.StartsWith("event: ", StringComparison.Ordinal)) counts.AddOrUpdate("events", 1, (_, count) => count + 1);
                }
            });
        }
    }

    private static async Task TryAsync(ConcurrentBag<string> errors, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The end of the run.
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException or KeyNotFoundException)
        {
            errors.Add(e.Message);
        }
    }
}
