using Ivg.Hosting;
using Ivg.Hosting.Publishing;
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

    /// <summary>Tells a service where its own files go: the data folder that the servers' data is in too. A deployment has none.</summary>
    public static IResourceBuilder<ProjectResource> WithEngineEnvironment(this IResourceBuilder<ProjectResource> project)
        => project.WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsRunMode)
                context.EnvironmentVariables["IVG_DATA_DIR"] = context.ExecutionContext.ServiceProvider.GetRequiredService<EmbeddedHostOptions>().DataDirectory!;
        });

    /// <summary>The running application's services.</summary>
    public static IServiceProvider ServicesOf(this ExecuteCommandContext context) => context.ServiceProvider;

    /// <summary>A secret that a service can do without. Its value may also be set by its variable's name.</summary>
    public static IResourceBuilder<ParameterResource> AddOptionalSecret(this IDistributedApplicationBuilder builder, string name, string variable)
    {
        builder.Configuration[$"Parameters:{name}"] ??= builder.Configuration[variable];
        return builder.AddParameter(name, secret: true).WithOptionalValue();
    }

    /// <summary>What a deployment asks of the service, from its start on.</summary>
    public static IResourceBuilder<ProjectResource> WithProbe(
        this IResourceBuilder<ProjectResource> project, ProbeType type, string path, int periodSeconds, int timeoutSeconds, int failureThreshold)
        => project.WithHttpProbe(type, path, initialDelaySeconds: 0, periodSeconds, timeoutSeconds, failureThreshold);

    /// <summary>What each replica gets in a deployment, and how long it may take to stop.</summary>
    public static IResourceBuilder<ProjectResource> WithSize(
        this IResourceBuilder<ProjectResource> project, double cpu, int memoryMiB, int replicas = 1, int graceSeconds = 30, bool callsOut = false)
        => project.WithDeployment(deployment =>
        {
            (deployment.Cpu, deployment.MemoryMiB) = (cpu, memoryMiB);
            (deployment.MinReplicas, deployment.MaxReplicas) = (replicas, replicas);
            (deployment.GraceSeconds, deployment.CallsOut) = (graceSeconds, callsOut);
        });

    /// <summary>Answers some requests for minutes, and takes large ones.</summary>
    public static IResourceBuilder<ProjectResource> WithStreams(this IResourceBuilder<ProjectResource> project, int maxBodyMiB)
        => project.WithDeployment(deployment => (deployment.Streams, deployment.MaxBodyMiB) = (true, maxBodyMiB));

    /// <summary>Lets the number of replicas follow the length of a Redis stream.</summary>
    public static IResourceBuilder<ProjectResource> WithStreamScale(
        this IResourceBuilder<ProjectResource> project, IResourceBuilder<RedisResource> redis, string stream, int length, int maxReplicas, string reason)
        => project.WithDeployment(deployment => (deployment.Scale, deployment.MaxReplicas) = (new StreamScale(redis.Resource, stream, length, reason), maxReplicas));

    /// <summary>Lets the number of replicas follow how busy they are.</summary>
    public static IResourceBuilder<ProjectResource> WithLoadScale(
        this IResourceBuilder<ProjectResource> project, int maxReplicas, int cpuPercent, int requests, string reason)
        => project.WithDeployment(deployment => (deployment.Load, deployment.MaxReplicas) = (new LoadScale(cpuPercent, requests, reason), maxReplicas));

    /// <summary>Connections to the database that a replica opens at most: the server is made for the sum of them.</summary>
    public static IResourceBuilder<ProjectResource> WithDatabaseConnections(this IResourceBuilder<ProjectResource> project, int most)
        => project.WithDeployment(deployment => deployment.DatabaseConnections = most);

    /// <summary>A folder that the project's image fills, run with <paramref name="fill"/>, before the service starts.</summary>
    public static IResourceBuilder<ProjectResource> WithFilledVolume(
        this IResourceBuilder<ProjectResource> project, string name, string path, int sizeGiB, string fill)
        => project.WithDeployment(deployment => deployment.Volume = new FilledVolume(name, path, sizeGiB, [fill]));

    /// <summary>The argument with which the project's image only waits until its work has been done.</summary>
    public static IResourceBuilder<ProjectResource> WithWaitArgument(this IResourceBuilder<ProjectResource> project, string argument)
        => project.WithDeployment(deployment => deployment.WaitArguments = [argument]);

    /// <summary>A setting that only whoever runs the deployment can choose; <paramref name="comment"/> says what there is to decide.</summary>
    public static IResourceBuilder<ProjectResource> WithOperatorSetting(this IResourceBuilder<ProjectResource> project, string name, string value, string comment)
        => project.WithDeployment(deployment => deployment.OperatorSettings.Add(new OperatorSetting(name, value, comment)));

    /// <summary>Runs of the project's image by the clock, in UTC.</summary>
    public static IResourceBuilder<ProjectResource> WithSchedule(this IResourceBuilder<ProjectResource> project, string name, string cron, string argument)
        => project.WithDeployment(deployment => deployment.Schedules.Add(new ScheduledRun(name, cron, [argument])));
}
