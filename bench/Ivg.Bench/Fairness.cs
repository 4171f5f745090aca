using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Ivg.Bench;

/// <summary>What one session's ordinary work costs in time, alone and while another floods the same API with submits and reads, in turn.</summary>
internal static class Fairness
{
    private const int Rounds = 3;
    private const int AtOnce = 32;

    public static async Task RunAsync(Uri api, double seconds)
    {
        using var http = new HttpClient { BaseAddress = api };
        var (user, flooder) = (new EdgeUser(http, $"fair-{Guid.NewGuid():N}"), $"flood-{Guid.NewGuid():N}");
        var (picture, time) = (BenchPicture.OfAMegabyte(), TimeSpan.FromSeconds(seconds));
        await user.SubmitAsync(picture);
        var (alone, beside, told) = (new List<double>(), new List<double>(), "");
        // The first round compiles the code and is not counted.
        for (var round = 0; round <= Rounds; round++)
        {
            var quiet = await WorkAsync(user, picture, time);
            // A process of its own: what is measured here must not wait for the flood's own client.
            using var flood = Process.Start(new ProcessStartInfo("dotnet", [typeof(Fairness).Assembly.Location, "flood", flooder, api.ToString()]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            await flood.StandardOutput.ReadLineAsync();
            var loud = await WorkAsync(user, picture, time);
            flood.StandardInput.Close();
            var answers = await flood.StandardOutput.ReadToEndAsync();
            if (round == 0) continue;
            alone.AddRange(quiet);
            beside.AddRange(loud);
            told += $"\n  {answers.Trim()}";
        }
        Console.WriteLine($"ordinary calls alone: {alone.Count}, p50 {alone.Percentile(0.5):0.0} ms, p95 {alone.Percentile(0.95):0.0} ms");
        Console.WriteLine($"beside the flood: {beside.Count}, p50 {beside.Percentile(0.5):0.0} ms, p95 {beside.Percentile(0.95):0.0} ms; p95 {beside.Percentile(0.95) / alone.Percentile(0.95):0.00} times");
        Console.WriteLine($"the flood's answers:{told}");
    }

    /// <summary>Floods until input ends, and tells what it was answered.</summary>
    public static async Task FloodAsync(string name, Uri api)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce }) { BaseAddress = api };
        using var over = new CancellationTokenSource();
        var (user, picture, answers, began) = (new EdgeUser(http, name), BenchPicture.OfAMegabyte(), new ConcurrentDictionary<HttpStatusCode, int>(), Stopwatch.GetTimestamp());
        var flood = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => FloodAsync(user, i % 2 == 0 ? picture : null, answers, over.Token)));
        Console.WriteLine("flooding");
        await Console.In.ReadToEndAsync();
        await over.CancelAsync();
        await flood;
        Console.WriteLine($"in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s: {string.Join(", ", answers.OrderBy(one => one.Key).Select(one => $"{(int)one.Key} {one.Value}"))}");
    }

    /// <summary>As a page and its person do: a list, a picture, a job, now and then a submit; ten calls a second at most.</summary>
    private static async Task<List<double>> WorkAsync(EdgeUser user, byte[] picture, TimeSpan time)
    {
        var row = (await user.GetAsync("/api/jobs?limit=1")).GetProperty("items")[0];
        var image = $"/api/images/{row.GetProperty("request").GetProperty("image_id").GetString()}?width=320";
        var (took, began) = (new List<double>(), Stopwatch.GetTimestamp());
        for (var turn = 0; Stopwatch.GetElapsedTime(began) < time; turn++)
        {
            var call = Stopwatch.GetTimestamp();
            if (turn % 20 == 19) await user.SubmitAsync(picture);
            else
            {
                var path = (turn % 3) switch { 0 => "/api/history", 1 => image, _ => $"/api/jobs/{row.GetProperty("job_id").GetString()}" };
                using var answer = await user.SendAsync(HttpMethod.Get, path);
                answer.EnsureSuccessStatusCode();
            }
            took.Add(Stopwatch.GetElapsedTime(call).TotalMilliseconds);
            await Task.Delay(100);
        }
        return took;
    }

    private static async Task FloodAsync(EdgeUser user, byte[]? picture, ConcurrentDictionary<HttpStatusCode, int> answers, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            using var form = picture is null ? null : new MultipartFormDataContent { { new ByteArrayContent(picture), "image", "a.png" } };
            using var answer = form is null
                ? await user.SendAsync(HttpMethod.Get, "/api/history?limit=100", cancellationToken: CancellationToken.None)
                : await user.SendAsync(HttpMethod.Post, "/api/variations", form, cancellationToken: CancellationToken.None);
            answers.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
        }
    }
}
