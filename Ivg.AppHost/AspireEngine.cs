using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ivg.AppHost;

/// <summary>What only Aspire's engine needs; <c>EmbeddedEngine.cs</c> is its twin.</summary>
internal static class AspireEngine
{
    private static readonly string[] EnvironmentNames = ["DOTNET_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT"];

    // Aspire takes these from launch profiles, which would also send the embedded engine's telemetry elsewhere. Its test host sets its own.
    [ModuleInitializer]
    internal static void SetDefaults()
    {
        if (Assembly.GetEntryAssembly() != typeof(AspireEngine).Assembly)
            return;

        foreach (var (name, value) in new[]
        {
            ("DOTNET_ENVIRONMENT", "Development"), ("ASPNETCORE_URLS", "http://localhost:18888"), ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "http://localhost:18889"),
            ("ASPIRE_ALLOW_UNSECURED_TRANSPORT", "true"),
        })
            if (Environment.GetEnvironmentVariable(name) is null)
                Environment.SetEnvironmentVariable(name, value);
    }

    public static IDistributedApplicationBuilder UseEngine(this IDistributedApplicationBuilder builder)
    {
        // Aspire asks for a parameter without a value and holds back whoever needs it; services take an empty key for none.
        builder.Configuration["Parameters:gemini-api-key"] ??= builder.Configuration["GEMINI_API_KEY"] ?? "";
        if (builder.ExecutionContext.IsPublishMode)
            builder.AddEnvironment(builder.Configuration["Publishing:Publisher"]);
        return builder;
    }

    // One place to deploy to at a time: with two of them Aspire would ask of each resource which it is meant for.
    private static void AddEnvironment(this IDistributedApplicationBuilder builder, string? publisher)
    {
        if (publisher is not (null or "manifest" or "kubernetes" or "docker-compose"))
            throw new DistributedApplicationException($"On Aspire's engine there is no publisher '{publisher}', only kubernetes and docker-compose.");

        // Without a step's name Aspire carries out all it has, those that push images and deploy too.
        builder.Configuration["Pipeline:Step"] ??= "publish";
        if (publisher == "docker-compose")
            builder.AddDockerComposeEnvironment("compose");
        else
            builder.AddKubernetesEnvironment("kubernetes");
    }

    /// <summary>Tells a service where its own files go. A deployment has no such folder.</summary>
    public static IResourceBuilder<ProjectResource> WithEngineEnvironment(this IResourceBuilder<ProjectResource> project)
    {
        var builder = project.ApplicationBuilder;
        if (builder.ExecutionContext.IsPublishMode)
            return project;

        var folder = builder.Configuration["IVG_DATA_DIR"] ?? Path.Combine(builder.AppHostDirectory, "..", ".ivg");
        foreach (var name in EnvironmentNames)
            project.WithEnvironment(name, Environment.GetEnvironmentVariable(name) ?? "Development");
        return project.WithEnvironment("IVG_DATA_DIR", Path.GetFullPath(folder));
    }

    /// <summary>The running application's services.</summary>
    public static IServiceProvider ServicesOf(this ExecuteCommandContext context) =>
#pragma warning disable CS0618 // What it is now called came with 13.5.
        context.ServiceProvider;
#pragma warning restore CS0618

    /// <summary>A secret that a service can do without. Its value may also be set by its variable's name.</summary>
    public static IResourceBuilder<ParameterResource> AddOptionalSecret(this IDistributedApplicationBuilder builder, string name, string variable)
    {
        builder.Configuration[$"Parameters:{name}"] ??= builder.Configuration[variable] ?? "";
        return builder.AddParameter(name, secret: true);
    }

    // Its WithHttpProbe makes a health check of each probe as well, and refuses a second one of the same path.
    public static IResourceBuilder<ProjectResource> WithProbe(
        this IResourceBuilder<ProjectResource> project, ProbeType type, string path, int periodSeconds, int timeoutSeconds, int failureThreshold)
        => project.WithAnnotation(new EndpointProbeAnnotation
        {
            Type = type,
            EndpointReference = project.GetEndpoint("http"),
            Path = path,
            InitialDelaySeconds = 0,
            PeriodSeconds = periodSeconds,
            TimeoutSeconds = timeoutSeconds,
            FailureThreshold = failureThreshold,
        });

    // Aspire's publishers have no place for what follows; PublishAsKubernetesService and its like would be where to put it.

    public static IResourceBuilder<ProjectResource> WithSize(
        this IResourceBuilder<ProjectResource> project, double cpu, int memoryMiB, int replicas = 1, int graceSeconds = 30, bool callsOut = false) => project;

    public static IResourceBuilder<ProjectResource> WithStreams(this IResourceBuilder<ProjectResource> project, int maxBodyMiB) => project;

    public static IResourceBuilder<ProjectResource> WithStreamScale(
        this IResourceBuilder<ProjectResource> project, IResourceBuilder<RedisResource> redis, string stream, int length, int maxReplicas, string reason) => project;

    public static IResourceBuilder<ProjectResource> WithLoadScale(
        this IResourceBuilder<ProjectResource> project, int maxReplicas, int cpuPercent, int requests, string reason) => project;

    public static IResourceBuilder<ProjectResource> WithDatabaseConnections(this IResourceBuilder<ProjectResource> project, int most) => project;

    public static IResourceBuilder<ProjectResource> WithFilledVolume(
        this IResourceBuilder<ProjectResource> project, string name, string path, int sizeGiB, string fill) => project;

    public static IResourceBuilder<ProjectResource> WithWaitArgument(this IResourceBuilder<ProjectResource> project, string argument) => project;

    public static IResourceBuilder<ProjectResource> WithOperatorSetting(this IResourceBuilder<ProjectResource> project, string name, string value, string comment) => project;

    public static IResourceBuilder<ProjectResource> WithSchedule(this IResourceBuilder<ProjectResource> project, string name, string cron, string argument) => project;
}
