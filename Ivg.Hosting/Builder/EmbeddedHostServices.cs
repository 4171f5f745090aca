using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Dashboard;
using Ivg.Hosting.Data;
using Ivg.Hosting.Orchestration;
using Ivg.Hosting.Postgres;
using Ivg.Hosting.Processes;
using Ivg.Hosting.Projects;
using Ivg.Hosting.Publishing;
using Ivg.Hosting.Redis;
using Ivg.Hosting.Telemetry;
using Ivg.Hosting.Unix;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ivg.Hosting.Builder;

internal static class EmbeddedHostServices
{
    private static readonly TimeSpan HealthCheckTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(9.5);

    public static void AddEmbeddedHost(this IServiceCollection services, IDistributedApplicationBuilder builder)
    {
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton(_ => new DistributedApplicationModel(builder.Resources));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<EmbeddedHostOptions>>().Value);
        services.AddSingleton(provider => new DataFolder(
            Path.GetFullPath(provider.GetRequiredService<EmbeddedHostOptions>().DataDirectory ?? Path.Combine(builder.AppHostDirectory, "..", ".data")),
            provider.GetRequiredService<EmbeddedHostOptions>()));
        services.AddSingleton<Terminal>();
        services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        if (builder.ExecutionContext.IsPublishMode)
        {
            services.AddPublishing(builder);
            return;
        }

        services.AddSingleton<Ports>();
        services.AddSingleton<ProcessRunner>();
        services.AddSingleton<ServerPackage>();
        services.AddSingleton<InstanceRegistry>();
        services.AddSingleton(_ => new ResourceNotificationService());
        services.AddSingleton(provider => new ResourceLoggerService(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ResourceCommandService(provider.GetRequiredService<InstanceRegistry>()));
        services.AddSingleton<EndpointAllocator>();
        services.AddSingleton<EnvironmentResolver>();
        services.AddSingleton<ServiceEnvironment>();
        services.AddSingleton<SupervisorServices>();
        services.AddHealthChecks();
        services.AddSingleton(provider => new HealthMonitor(
            provider.GetRequiredService<ResourceNotificationService>(),
            provider.GetRequiredService<HealthCheckService>(),
            new HttpClient { Timeout = HealthCheckTimeout },
            provider.GetRequiredService<TimeProvider>()));
        services.AddHttpClient();

        services.AddSingleton<IResourceLauncher, ProjectLauncher>();
        services.AddSingleton<IResourceLauncher, ExecutableLauncher>();
        services.AddSingleton<IResourceLauncher, PostgresLauncher>();
        services.AddSingleton<IResourceLauncher, PostgresDatabaseLauncher>();
        services.AddSingleton<IResourceLauncher, RedisLauncher>();

        // In this order: the folder, so that a second host hears of the first; the dashboard's port; a listener for what there is to say.
        services.AddHostedService<DataFolderOpener>();
        services.AddSingleton<DashboardAddress>();
        services.AddTelemetryStore();
        services.AddHostedService<DashboardServer>();
        services.AddHostedService<TerminalReporter>();
        services.AddHostedService<ApplicationOrchestrator>();
        services.AddHostedService<ParentWatch>();
        services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
    }
}
