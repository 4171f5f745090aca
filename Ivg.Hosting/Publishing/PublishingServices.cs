using System.Reflection;
using Aspire.Hosting;
using Ivg.Hosting.Publishing.AzureContainerApps;
using Ivg.Hosting.Publishing.DockerCompose;
using Ivg.Hosting.Publishing.Kubernetes;
using Ivg.Hosting.Publishing.Model;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Hosting.Publishing;

internal static class PublishingServices
{
    private const string AppHostSuffix = ".apphost";

    /// <summary>In place of all that runs an application.</summary>
    public static void AddPublishing(this IServiceCollection services, IDistributedApplicationBuilder builder)
    {
        services.AddSingleton<IPublishTarget, KubernetesTarget>();
        services.AddSingleton<IPublishTarget, ContainerAppsTarget>();
        services.AddSingleton<IPublishTarget, ComposeTarget>();
        services.AddSingleton<ModelReader>();
        services.AddSingleton(provider => new Publisher(
            provider.GetRequiredService<ModelReader>(), provider.GetServices<IPublishTarget>(), provider.GetRequiredService<IConfiguration>(),
            ApplicationName(builder.AppHostAssembly), Version(builder.AppHostAssembly)));
        services.AddHostedService<PublishService>();
    }

    private static string ApplicationName(Assembly? appHost)
    {
        var name = (appHost?.GetName().Name ?? "application").ToLowerInvariant();
        return (name.EndsWith(AppHostSuffix, StringComparison.Ordinal) ? name[..^AppHostSuffix.Length] : name).Replace('.', '-');
    }

    // What follows the plus says which commit it was, and no tag of an image has a plus.
    private static string? Version(Assembly? appHost)
        => appHost?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}
