using Ivg.Core.Generation.Gemini;
using Ivg.Core.Generation.Layout;
using Ivg.Core.Generation.Offline;
using Ivg.Core.Generation.OpenAi;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Ivg.Core.Styles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ivg.Core.Generation;

/// <summary>Puts variations into a host.</summary>
public static class GenerationRegistration
{
    /// <summary>
    /// Registers the variation handler, the providers and their settings. Any further <see cref="IImageProvider"/> that is registered
    /// can be chosen by its name in <c>IMAGE_PROVIDER</c>.
    /// </summary>
    public static IHostApplicationBuilder AddGeneration(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var development = builder.Environment.IsDevelopment();
        builder.Services.AddOptions<GenerationOptions>()
            .Bind(builder.Configuration)
            .PostConfigure<IOptions<GeminiOptions>>((options, gemini) =>
            {
                if (options.Provider.Length == 0)
                    options.Provider = development && gemini.Value.ApiKey.Length == 0 ? "offline" : NanoBananaProvider.ProviderName;
            })
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<GenerationOptions>, GenerationOptionsValidator>();
        builder.Services.AddOptions<ImageLimits>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<AssetStore>();
        builder.Services.TryAddSingleton<StyleStore>();
        builder.Services.AddSingleton<ImageProviders>();
        builder.Services.AddSingleton<PictureNotes>();
        builder.Services.AddSingleton<VariationMaker>();
        builder.Services.AddSingleton<IJobHandler, VariationHandler>();
        builder.Services.AddOfflineProvider();
        builder.AddGemini();
        builder.AddOpenAi();
        return builder;
    }
}
