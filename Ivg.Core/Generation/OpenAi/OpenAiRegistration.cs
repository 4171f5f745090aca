#pragma warning disable MEAI001 // IImageGenerator and what makes one are still marked experimental.
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Drawing;
using Ivg.Core.Generation.ExtensionsAi;
using Ivg.Core.Images;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAI;
using OpenAI.Images;

namespace Ivg.Core.Generation.OpenAi;

/// <summary>Registers <c>openai</c>: OpenAI's own client, behind Microsoft.Extensions.AI.</summary>
internal static class OpenAiRegistration
{
    public const string ProviderName = "openai";
    private const string ClientName = "openai";

    /// <summary>Microsoft.Extensions.AI.OpenAI edits the first original image and leaves out the others.</summary>
    private const int MaxImages = 1;

    /// <summary>All that gpt-image models draw in.</summary>
    private static readonly Size[] Sizes = [new(1024, 1024), new(1536, 1024), new(1024, 1536)];

    public static void AddOpenAi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<OpenAiOptions>().Bind(builder.Configuration)
            .PostConfigure(options => options.Normalise())
            .ValidateDataAnnotations().ValidateOnStart();
        var client = builder.Services.AddHttpClient(ClientName).RedactLoggedHeaders(["Authorization"])
            .ConfigurePrimaryHttpMessageHandler(ProviderSockets.Create);
        client.AddHttpMessageHandler(() => new PartTypeHandler());
        client.ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan);
#pragma warning disable EXTEXP0001 // Still experimental, and the only way to take the hosts' default pipeline (30 s in all) off this client.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        builder.Services.AddSingleton<IImageProvider>(services =>
        {
            var options = services.GetRequiredService<IOptions<OpenAiOptions>>().Value;
            return new ExtensionsAiProvider(
                new GeneratorTraits(ProviderName, options.Model, MaxImages, Sizes, TimeSpan.FromSeconds(options.Timeout)),
                new Lazy<IImageGenerator>(() => Generator(options, services.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName))),
                OpenAiFaults.Judge,
                services.GetRequiredService<IOptions<ImageLimits>>().Value,
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<ExtensionsAiProvider>>());
        });
    }

    private static IImageGenerator Generator(OpenAiOptions options, HttpClient http) =>
        new ImageClient(options.Model, new ApiKeyCredential(options.ApiKey), new OpenAIClientOptions
        {
            Endpoint = new Uri(options.BaseUrl),
            Transport = new HttpClientPipelineTransport(http),
            // The provider's own time-out covers the whole call, and the job's own retry heeds the wait that was asked for.
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        }).AsIImageGenerator();
}
