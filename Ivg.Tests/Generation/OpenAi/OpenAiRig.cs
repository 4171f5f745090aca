using System.Text.Json;
using Ivg.Core;
using Ivg.Core.Generation;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Ivg.Tests.Generation.OpenAi;

/// <summary>A server of its own, and a host whose provider is <c>openai</c>.</summary>
internal sealed class OpenAiRig : IAsyncDisposable
{
    public const string Key = "sk-proj-SecretKeyOfTheTests0123456789";

    private readonly IHost _host;

    private OpenAiRig(OpenAiServer server, IHost host, LogCapture logs, FakeTimeProvider time) => (Server, _host, Logs, Time) = (server, host, logs, time);

    public OpenAiServer Server { get; }

    public LogCapture Logs { get; }

    /// <summary>Stands still until a test moves it, so that no time-out runs out by itself.</summary>
    public FakeTimeProvider Time { get; }

    public IImageProvider Provider => _host.Services.GetRequiredService<ImageProviders>().Selected;

    public static byte[] Source { get; } = TestPictures.Png(150, 100);

    public static async Task<OpenAiRig> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var server = await OpenAiServer.StartAsync();
        var logs = new LogCapture();
        var time = new FakeTimeProvider();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["IMAGE_PROVIDER"] = "openai", ["OPENAI_API_KEY"] = Key, ["OPENAI_BASE_URL"] = server.BaseUrl,
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        // As every host of ours has it: were it to stay on this client, a failure would be asked for four times.
        builder.Services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(NpgsqlDataSource.Create("Host=127.0.0.1;Port=1"));
        builder.AddGeneration();
        var host = builder.Build();
        await host.StartAsync();
        return new OpenAiRig(server, host, logs, time);
    }

    /// <summary>A request as the maker builds it for this provider: the source alone, the style in words.</summary>
    public Task<ProviderOutcome> GenerateAsync(CancellationToken cancellationToken = default)
    {
        var image = InputImages.Prepare(ImageRole.Source, Source);
        return Provider.GenerateAsync(new ProviderRequest
        {
            Images = [image],
            Prompt = PromptBuilder.Build([ImageRole.Source], GeminiRig.TestStyle, "3:2", "a secret wish"),
            AspectRatio = "3:2",
        }, cancellationToken);
    }

    public Task<JobOutput> MakeAsync(VariationRequest request) => _host.Services.GetRequiredService<VariationMaker>().MakeAsync(
        new JobContext(Guid.CreateVersion7(), "default:tests", "req-tests", 1, JsonSerializer.SerializeToElement(request, IvgJson.Options), (_, _, _) => Task.CompletedTask),
        request, Source, GeminiRig.TestStyle, TestPictures.Png(80, 80, hue: 220), default);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await Server.DisposeAsync();
    }
}
