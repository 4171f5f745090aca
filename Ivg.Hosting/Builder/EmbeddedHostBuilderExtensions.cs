using Aspire.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Hosting;

/// <summary>The embedded host's own settings.</summary>
public static class EmbeddedHostBuilderExtensions
{
    public static IDistributedApplicationBuilder ConfigureEmbeddedHost(this IDistributedApplicationBuilder builder, Action<EmbeddedHostOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(configure);
        return builder;
    }
}
