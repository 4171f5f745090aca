using Ivg.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.AppHost;

/// <summary>What only the embedded engine can be told; <c>AspireEngine.cs</c> is its twin.</summary>
internal static class EmbeddedEngine
{
    public static IDistributedApplicationBuilder UseEngine(this IDistributedApplicationBuilder builder)
    {
        builder.Configuration["Parameters:gemini-api-key"] ??= builder.Configuration["GEMINI_API_KEY"];
        return builder.AddDashboardPage(QueuesPage.Create).ConfigureEmbeddedHost(options =>
        {
            var configuration = builder.Configuration;
            options.DataDirectory = Path.GetFullPath(configuration["IVG_DATA_DIR"] ?? Path.Combine(builder.AppHostDirectory, "..", ".ivg"));
            options.UnreachableDataRoot = "/var/lib/ivg";
            options.DashboardPort = configuration.GetValue("IVG_DASHBOARD_PORT", options.DashboardPort);
            options.OtlpPort = configuration.GetValue("IVG_OTLP_PORT", options.OtlpPort);
            options.InstallServers = configuration["IVG_INSTALL"] != "never";
            options.DataDirectorySetting = "IVG_DATA_DIR";
            options.DashboardPortSetting = "IVG_DASHBOARD_PORT";
            options.OtlpPortSetting = "IVG_OTLP_PORT";
            options.InstallSetting = "IVG_INSTALL=never";
            options.PortSettings["api"] = "IVG_PORT";
        });
    }

    /// <summary>Tells a service where its own files go: the data folder that the servers' data is in too.</summary>
    public static IResourceBuilder<ProjectResource> WithEngineEnvironment(this IResourceBuilder<ProjectResource> project)
        => project.WithEnvironment(context => context.EnvironmentVariables["IVG_DATA_DIR"] =
            context.ExecutionContext.ServiceProvider.GetRequiredService<EmbeddedHostOptions>().DataDirectory!);
}
