using System.Diagnostics;
using Ivg.Core.Generation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ivg.Bench;

/// <summary>A call of <c>nano_banana</c> with a picture of 1024 x 1024, beside the bare exchange of the same bytes, in turn.</summary>
internal static class ProviderOverhead
{
    private const int Round = 20;

    public static async Task RunAsync(string baseUrl, int calls)
    {
        var png = BenchPicture.Make();
        using var host = BuildHost(baseUrl);
        var provider = host.Services.GetServices<IImageProvider>().Single(one => one.Name == "nano_banana");
        var request = new ProviderRequest
        {
            Images = [new RoleImage(ImageRole.Source, png, "image/png", 1024, 1024)],
            Prompt = PromptBuilder.Build([ImageRole.Source], null, "1:1", "bench"),
            AspectRatio = "1:1",
            Seed = 1,
        };
        using var client = new HttpClient();
        var (body, buffer) = (Body(png), new byte[64 * 1024]);
        var (through, bare) = (new Cost(), new Cost());
        for (var done = -Round; done < calls; done += Round)
        {
            // The first round compiles the code.
            if (done == 0) (through, bare) = (new Cost(), new Cost());
            await through.AddAsync(Round, async () =>
            {
                if ((await provider.GenerateAsync(request, CancellationToken.None)).Failure is { } failure) throw new InvalidOperationException(failure.Message);
            });
            await bare.AddAsync(Round, () => ExchangeAsync(client, baseUrl, body, buffer));
        }
        Console.WriteLine($"through the provider: {through}");
        Console.WriteLine($"bare exchange:        {bare}");
        Console.WriteLine($"overhead a call: {through.Milliseconds - bare.Milliseconds:0.0} ms, {through.Processor - bare.Processor:0.0} ms of processor time, {(through.Kilobytes - bare.Kilobytes) / 1000:0.0} MB allocated ({through.Milliseconds / bare.Milliseconds:0.0} times the bare exchange)");
    }

    private static IHost BuildHost(string baseUrl)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("GEMINI_API_KEY", "bench"), new("GEMINI_BASE_URL", baseUrl), new("IMAGE_PROVIDER", "nano_banana")]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddServiceDefaults();
        builder.AddNpgsqlDataSource("ivgdb");
        builder.AddGeneration();
        return builder.Build();
    }

    private static byte[] Body(byte[] png) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new
    {
        contents = new[] { new { parts = new object[] { new { inlineData = new { mimeType = "image/png", data = png } }, new { text = "bench" } } } },
        generationConfig = new { imageConfig = new { aspectRatio = "1:1" } },
    });

    private static async Task ExchangeAsync(HttpClient client, string baseUrl, byte[] body, byte[] buffer)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{baseUrl.TrimEnd('/')}/v1beta/models/gemini-nano-banana-2.1:generateContent") { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new("application/json");
        message.Headers.Add("x-goog-api-key", "bench");
        using var response = (await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync();
        while (await stream.ReadAsync(buffer) > 0) { }
    }

    private sealed class Cost
    {
        private TimeSpan _time, _processor;
        private long _allocated;
        private int _calls;

        public double Milliseconds => _time.TotalMilliseconds / _calls;
        public double Processor => _processor.TotalMilliseconds / _calls;
        public double Kilobytes => _allocated / 1000.0 / _calls;

        public async Task AddAsync(int calls, Func<Task> call)
        {
            var (began, processor, allocated) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
            for (var i = 0; i < calls; i++) await call();
            _time += Stopwatch.GetElapsedTime(began);
            _processor += Environment.CpuUsage.TotalTime - processor;
            _allocated += GC.GetTotalAllocatedBytes() - allocated;
            _calls += calls;
        }

        public override string ToString() => $"{Milliseconds:0.0} ms, {Processor:0.0} ms of processor time, {Kilobytes:0} kB allocated";
    }
}
