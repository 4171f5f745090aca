namespace Ivg.AppHost;

/// <summary>What only Aspire's engine needs; <c>EmbeddedEngine.cs</c> is its twin.</summary>
internal static class AspireEngine
{
    public static IDistributedApplicationBuilder UseEngine(this IDistributedApplicationBuilder builder)
    {
        // Aspire asks for a parameter without a value and holds back whoever needs it; services take an empty key for none.
        builder.Configuration["Parameters:gemini-api-key"] ??= builder.Configuration["GEMINI_API_KEY"] ?? "";
        // One place to deploy to at a time: with two of them Aspire would ask of each resource which it is meant for.
        if (builder.ExecutionContext.IsPublishMode && builder.Configuration["Publishing:Publisher"] == "docker-compose")
            builder.AddDockerComposeEnvironment("compose");
        else if (builder.ExecutionContext.IsPublishMode)
            builder.AddKubernetesEnvironment("kubernetes");
        return builder;
    }

    /// <summary>Tells a service where its own files go. A deployment has no such folder.</summary>
    public static IResourceBuilder<ProjectResource> WithEngineEnvironment(this IResourceBuilder<ProjectResource> project)
    {
        var builder = project.ApplicationBuilder;
        if (builder.ExecutionContext.IsPublishMode)
            return project;

        var folder = builder.Configuration["IVG_DATA_DIR"] ?? Path.Combine(builder.AppHostDirectory, "..", ".ivg");
        return project.WithEnvironment("IVG_DATA_DIR", Path.GetFullPath(folder));
    }

    /// <summary>A secret that a service can do without. Its value may also be set by its variable's name.</summary>
    public static IResourceBuilder<ParameterResource> AddOptionalSecret(this IDistributedApplicationBuilder builder, string name, string variable)
    {
        builder.Configuration[$"Parameters:{name}"] ??= builder.Configuration[variable] ?? "";
        return builder.AddParameter(name, secret: true);
    }

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
