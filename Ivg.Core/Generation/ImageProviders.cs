using Microsoft.Extensions.Options;

namespace Ivg.Core.Generation;

/// <summary>The registered providers, and the one that <c>IMAGE_PROVIDER</c> names.</summary>
internal sealed class ImageProviders(IEnumerable<IImageProvider> providers, IOptions<GenerationOptions> options)
{
    public IImageProvider Selected { get; } = providers.Single(provider => provider.Name == options.Value.Provider);
}
