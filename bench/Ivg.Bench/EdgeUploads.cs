using System.Diagnostics;
using Ivg.Core.Images;

namespace Ivg.Bench;

/// <summary>Photos of 5 MB, so many at once: how long each takes to be stored, and what the API takes of memory for it.</summary>
internal static class EdgeUploads
{
    public static async Task RunAsync(Uri api, int pid, int count, int atOnce)
    {
        var photo = Photo();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = atOnce }) { BaseAddress = api };
        await RunAsync(http, photo, atOnce, atOnce);
        var before = EdgeUser.Memory(pid).Now;
        var took = await RunAsync(http, photo, count, atOnce);
        var (now, most) = EdgeUser.Memory(pid);
        Console.WriteLine($"POST of {photo.Length / 1e6:0.0} MB, {count} times, {atOnce} at once: p50 {took.Percentile(0.5):0} ms, p95 {took.Percentile(0.95):0} ms; API resident {before >> 20} MiB before, {now >> 20} after, {most >> 20} at most");
    }

    private static async Task<IReadOnlyCollection<double>> RunAsync(HttpClient http, byte[] photo, int count, int atOnce)
    {
        var (next, took) = (0, new List<double>());
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) <= count)
            {
                // A user of its own each, for one alone would soon have as many waiting as are allowed.
                var user = new EdgeUser(http, $"upload-{Guid.NewGuid():N}");
                var began = Stopwatch.GetTimestamp();
                await user.SubmitAsync(photo);
                lock (took) took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }));
        return took;
    }

    /// <summary>A JPEG of 5 MB: 8 megapixels with as much grain as that takes.</summary>
    public static byte[] Photo()
    {
        var (random, pixels) = (new Random(1), new byte[3264 * 2448 * 3]);
        for (var at = 0; at < pixels.Length; at++) pixels[at] = (byte)(at / 3 % 3264 / 16 + random.Next(34));
        return Pictures.Encode(new Picture(3264, 2448, 3, pixels), ImageFormat.Jpeg);
    }
}
