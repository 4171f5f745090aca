using Ivg.Core.Generation.Gemini;
using Ivg.Core.Generation.OpenAi;
using Microsoft.Extensions.Options;

namespace Ivg.Core.Generation;

/// <summary>Fails the start when the provider is unknown or cannot work, naming the setting to change.</summary>
internal sealed class GenerationOptionsValidator(IEnumerable<IImageProvider> providers, IOptions<GeminiOptions> gemini, IOptions<OpenAiOptions> openAi)
    : IValidateOptions<GenerationOptions>
{
    public ValidateOptionsResult Validate(string? name, GenerationOptions options)
    {
        if (options.Provider == NanoBananaProvider.ProviderName && gemini.Value.ApiKey.Length == 0)
            return Missing("GEMINI_API_KEY");
        if (options.Provider == OpenAiRegistration.ProviderName && openAi.Value.ApiKey.Length == 0)
            return Missing("OPENAI_API_KEY");
        var known = providers.Select(provider => provider.Name).Order(StringComparer.Ordinal).ToArray();
        return known.Contains(options.Provider)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"IMAGE_PROVIDER is '{options.Provider}', but the providers here are: {string.Join(", ", known)}.");
    }

    private static ValidateOptionsResult Missing(string setting) =>
        ValidateOptionsResult.Fail($"{setting} is not set. Set it, or set IMAGE_PROVIDER=offline to make placeholders without a model.");
}
