using System.Globalization;
using Ivg.Core.Generation;
using Ivg.Core.Styles;
using Ivg.GeminiEmulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ivg.Tests.Generation;

/// <summary>An emulator of its own, and a host that generates against it over real HTTP with short waits.</summary>
internal sealed class GeminiRig : IAsyncDisposable
{
    public const string Key = "AIzaSecretKeyOfTheTests0123456789";
    public const string Model = "gemini-nano-banana-2.1";
    public const string FastModel = "gemini-3.1-flash-lite-image";

    private readonly IHost _host;

    private GeminiRig(GeminiEmulatorHost emulator, IHost host, LogCapture logs) => (Emulator, _host, Logs) = (emulator, host, logs);

    public GeminiEmulatorHost Emulator { get; }

    public LogCapture Logs { get; }

    public IImageProvider Provider => _host.Services.GetServices<IImageProvider>().Single(provider => provider.Name == "nano_banana");

    public VariationMaker Maker => _host.Services.GetRequiredService<VariationMaker>();

    public int Calls => Emulator.Journal.Total;

    public static async Task<GeminiRig> StartAsync(Dictionary<string, string?>? settings = null, EmulatorOptions? emulation = null)
    {
        var emulator = await GeminiEmulatorHost.StartAsync(emulation);
        var logs = new LogCapture();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["GEMINI_API_KEY"] = Key,
            ["GEMINI_BASE_URL"] = emulator.BaseUrl,
            ["GEMINI_RETRY_DELAY"] = "0.005",
            ["GEMINI_ATTEMPT_TIMEOUT"] = "20",
            ["GEMINI_TOTAL_TIMEOUT"] = "60",
            ["GEMINI_BREAKER_THROUGHPUT"] = "100",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        // As every host of ours has it: were it to stay on this client, calls would be retried by two pipelines.
        builder.Services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
        builder.Services.AddSingleton(NpgsqlDataSource.Create("Host=127.0.0.1;Port=1"));
        builder.AddGeneration();
        var host = builder.Build();
        await host.StartAsync();
        return new GeminiRig(emulator, host, logs);
    }

    public GeminiRig Script(string behaviour, int times = 1, string? model = null, string? retryDelay = null, int delayMs = 0)
    {
        Emulator.Script.Add(new ScriptStep { Behaviour = behaviour, Times = times, Model = model, RetryDelay = retryDelay, DelayMs = delayMs });
        return this;
    }

    public Task<ProviderOutcome> GenerateAsync(CancellationToken cancellationToken = default) => Provider.GenerateAsync(Request(), cancellationToken);

    public static ProviderRequest Request(bool fast = false, string ratio = "4:3", string? words = null, bool withStyle = true, int seed = 7)
    {
        RoleImage source = new(ImageRole.Source, TestPictures.Png(160, 120), "image/png", 160, 120);
        RoleImage reference = new(ImageRole.StyleReference, TestPictures.Png(64, 64, hue: 200), "image/png", 64, 64);
        RoleImage[] images = withStyle ? [source, reference] : [source];
        return new ProviderRequest
        {
            Images = images,
            Prompt = PromptBuilder.Build([.. images.Select(image => image.Role)], withStyle ? TestStyle : null, ratio, words),
            AspectRatio = ratio,
            Style = withStyle ? TestStyle : null,
            Fast = fast,
            Seed = seed,
            RequestId = "req-" + seed.ToString(CultureInfo.InvariantCulture),
        };
    }

    public static Style TestStyle { get; } = new("ink-line", "Ink line", "Drawn with a pen.", "Draw with one even black line.\nLeave the paper white.",
        new StyleProfile([new("#111111", 0.3, "ink"), new("#ffffff", 0.7, "paper")], "#ffffff", new(true, 4, "#111111", 0.1, 1),
            new("none", 0, 1), new("none", 2, 0.9, 0), new("crisp", 0, 0), "Even black outlines on white."));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await Emulator.DisposeAsync();
    }
}
