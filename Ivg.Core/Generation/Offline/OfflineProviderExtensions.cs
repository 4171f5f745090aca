using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Core.Generation.Offline;

/// <summary>Registers the provider that needs no key.</summary>
public static class OfflineProviderExtensions
{
    /// <summary>Adds the provider named <c>offline</c> to those of <see cref="IImageProvider"/>.</summary>
    public static IServiceCollection AddOfflineProvider(this IServiceCollection services) => services.AddSingleton<IImageProvider, OfflineProvider>();
}
