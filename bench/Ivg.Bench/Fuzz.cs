using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Ivg.Core.Images;

namespace Ivg.Bench;

/// <summary>
/// Spoils sound forms and pictures at random, from a seed, and sends them: pictures to the intake in this process, where a fault of libvips would end it,
/// and forms to a running API. Every answer must be one that the contract has.
/// </summary>
internal static class Fuzz
{
    private static readonly int[] Contract = [200, 202, 400, 401, 404, 408, 409, 413, 414, 415, 422, 429, 431];

    public static async Task RunAsync(double seconds, int seed, Uri api, int pid)
    {
        var (random, clock, memory) = (new Random(seed), Stopwatch.StartNew(), EdgeUser.Memory(pid).Now >> 20);
        var (outcomes, statuses, strange) = (new SortedDictionary<string, int>(), new SortedDictionary<int, int>(), new List<string>());
        var seeds = Seeds();
        for (var round = 0; clock.Elapsed.TotalSeconds < seconds; round++)
        {
            var picture = Spoil(random, seeds[random.Next(seeds.Length)]);
            var outcome = Take(picture);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            if (outcome.StartsWith("fault", StringComparison.Ordinal)) strange.Add($"round {round}: {outcome}");
            var status = await SendAsync(api, Spoil(random, Form(round % 2 == 0 ? picture : seeds[0])), random.Next(4) == 0);
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            // 0: the server hung up on a request whose lines it could not read to their end.
            if (status != 0 && !Contract.Contains(status)) strange.Add($"round {round}: status {status}");
        }
        Console.WriteLine($"seed {seed}, {clock.Elapsed.TotalSeconds:0} s: pictures {Tell(outcomes)}; forms {Tell(statuses)}; API resident {memory} MiB before, {EdgeUser.Memory(pid).Now >> 20} after");
        Console.WriteLine(strange.Count == 0 ? "nothing strange" : string.Join('\n', strange.Take(20)));
    }

    private static byte[][] Seeds()
    {
        var picture = new Picture(64, 48, 3, [.. Enumerable.Range(0, 64 * 48 * 3).Select(i => (byte)(i * 7))]);
        return [.. new[] { ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.Webp }.Select(format => Pictures.Encode(picture, format)), Gif(), Tiff()];
    }

    // Each format by hand that the encoder has none for: one frame or strip of plain pixels.
    private static byte[] Gif() => [.. "GIF89a"u8, 16, 0, 16, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 16, 0, 16, 0, 0, 2, 14, .. Enumerable.Repeat((byte)0x84, 14), 0, 0x3B];

    private static byte[] Tiff()
    {
        (ushort Tag, ushort Type, int Value)[] entries = [(256, 4, 32), (257, 4, 32), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 122), (277, 3, 1), (278, 4, 32), (279, 4, 1024)];
        return [.. "II"u8, 42, 0, 8, 0, 0, 0, 9, 0, .. entries.SelectMany(one => (byte[])[.. BitConverter.GetBytes(one.Tag), .. BitConverter.GetBytes(one.Type), 1, 0, 0, 0, .. BitConverter.GetBytes(one.Value)]), 0, 0, 0, 0, .. new byte[1024]];
    }

    private static byte[] Spoil(Random random, byte[] sound)
    {
        var bytes = sound.ToList();
        for (var i = random.Next(1, 9); i > 0 && bytes.Count > 4; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, Math.Min(random.Next(1, 64), bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, Enumerable.Range(0, random.Next(1, 64)).Select(_ => (byte)random.Next(256))); break;
                case 4: bytes.InsertRange(at, bytes.GetRange(0, Math.Min(bytes.Count, random.Next(1, 256)))); break;
                default: for (var j = at; j < Math.Min(at + 4, bytes.Count); j++) bytes[j] = 0xFF; break;
            }
        }
        return [.. bytes];
    }

    private static string Take(byte[] picture)
    {
        try
        {
            var info = Pictures.Identify(picture);
            // As the intake does: what is too large is never decoded.
            if ((long)info.Width * info.Height > new ImageLimits().MaxPixels) return "too_many_pixels";
            Pictures.Verify(picture);
            _ = Pictures.Decode(picture, 64);
            return "read";
        }
        catch (ImageRejectedException e)
        {
            return e.Code;
        }
#pragma warning disable CA1031 // Do not catch general exception types: whatever else it is, it is what is looked for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"fault {e.GetType().Name}: {e.Message}";
        }
    }

    private static byte[] Form(byte[] picture) =>
    [
        .. "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\na wish\r\n--b\r\nContent-Disposition: form-data; name=\"count\"\r\n\r\n2\r\n"u8,
        .. "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"u8, .. picture, .. "\r\n--b--\r\n"u8,
    ];

    private static async Task<int> SendAsync(Uri api, byte[] body, bool asJson)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(api.Host, api.Port);
        await using var stream = client.GetStream();
        var key = Environment.GetEnvironmentVariable("PLATFORM_API_KEYS")?.Split(',')[0] is { } known ? $"Authorization: Bearer {known}\r\n" : "";
        var head = $"POST /api/variations HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-User-Id: fuzz\r\n{key}Content-Type: {(asJson ? "application/json" : "multipart/form-data; boundary=b")}\r\nContent-Length: {body.Length}\r\n\r\n";
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body]);
            await stream.CopyToAsync(answer);
        }
        catch (IOException)
        {
            // It may hang up when it has heard enough.
        }
        return answer.Length > 12 && int.TryParse(Encoding.ASCII.GetString(answer.ToArray(), 9, 3), out var status) ? status : 0;
    }

    private static string Tell<TKey>(SortedDictionary<TKey, int> counts) where TKey : notnull => string.Join(", ", counts.Select(one => $"{one.Key} {one.Value}"));
}
