namespace Ivg.AppHost;

/// <summary>What a deployment of each project needs beside what a run does. The figures are where to start; the manifests say which to look at.</summary>
internal static class Deployment
{
    private const string Health = "/health";
    private const string Alive = "/alive";
    private const string ModelFolder = "/models";

    public static IResourceBuilder<ProjectResource> DeployedAsMigrator(this IResourceBuilder<ProjectResource> project) => project
        .WithSize(cpu: 0.25, memoryMiB: 512)
        .WithPool(8)
        .WithWaitArgument("wait")
        .WithSchedule("cleanup", "17 3 * * *", "cleanup");

    public static IResourceBuilder<ProjectResource> DeployedAsApi(this IResourceBuilder<ProjectResource> project)
    {
        var builder = project.ApplicationBuilder;
        var appSecret = builder.AddSecretOfDeployments("app-secret-key", "APP_SECRET_KEY")
            .WithDescription("Signs the session cookie: 32 random characters or more, as from openssl rand -hex 32.");
        var platforms = builder.AddOptionalSecret("platform-api-keys", "PLATFORM_API_KEYS")
            .WithDescription("Keys of the platforms that embed IVG, separated by commas.");
        var webhooks = builder.AddOptionalSecret("webhook-secret", "WEBHOOK_SECRET")
            .WithDescription("Signs webhooks: whsec_ and 24 to 64 bytes as base64, as from echo whsec_$(openssl rand -base64 32).");
        return project
            .WithEnvironment("APP_SECRET_KEY", appSecret)
            .WithEnvironment("PLATFORM_API_KEYS", platforms)
            .WithEnvironment("WEBHOOK_SECRET", webhooks)
            .WithSize(cpu: 0.5, memoryMiB: 1024, replicas: 2, graceSeconds: 45, callsOut: true)
            .WithOperatorSetting("TRUSTED_PROXIES", UsualProxies(builder.Configuration["Publishing:Publisher"]),
                "Decide: addresses or networks, separated by commas, of the proxies that stand before the API, as they reach it. Only their\n"
                + "X-Forwarded-* headers are believed; callers must not be in these networks themselves. Empty believes nobody: then every\n"
                + "caller has the proxy's address, which limits count by, and cookies are not marked Secure.")
            .WithRates()
            .WithPool(24)
            .WithLoadScale(maxReplicas: 6, cpuPercent: 80, requests: 200,
                reason: "Open streams are among them, one for each page that is looked at:\na replica holds thousands that say nothing, so raise it where pages stay open and do little.")
            .WithStreams(maxBodyMiB: 25)
            .WithProbes();
    }

    // How they were chosen: docs/limits.md. A run has the defaults, which stop floods alone.
    private static IResourceBuilder<ProjectResource> WithRates(this IResourceBuilder<ProjectResource> project) => project
        .WithOperatorSetting("RATE_SUBMITS_PER_SESSION", "60",
            "Decide: calls a minute that one session, and one address, may make to a replica of the API; 0 is no limit. Calls with a\n"
            + "platform key are counted by session alone. Submits of a session:")
        .WithOperatorSetting("RATE_SUBMITS_PER_ADDRESS", "600", "Submits of an address: thirty people behind it have twenty each.")
        .WithOperatorSetting("RATE_READS_PER_SESSION", "1200", "All other calls of a session.")
        .WithOperatorSetting("RATE_READS_PER_ADDRESS", "12000",
            "All other calls of an address: thirty people behind it have 400 each. Where TRUSTED_PROXIES is wrong, it is everybody's.");

    // Where a platform's ingress usually is: among a cluster's pods or nodes; in the network that Container Apps keeps for itself.
    // Compose puts no proxy before the API, and its own gateway may be the address of any caller.
    private static string UsualProxies(string? publisher) => publisher switch
    {
        "kubernetes" => "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16",
        "azure-container-apps" => "100.64.0.0/10",
        _ => "",
    };

    // Of a process with 8 slots (c), jobs of 8 s (S) and a wait of 8 s that is borne (Wq): c * (1 + Wq / S) = 16.
    public static IResourceBuilder<ProjectResource> DeployedAsGenerateWorker(this IResourceBuilder<ProjectResource> project, IResourceBuilder<RedisResource> redis) => project
        .WithSize(cpu: 0.5, memoryMiB: 1024, graceSeconds: 120, callsOut: true)
        .WithGrace(seconds: 110)
        .WithPool(16)
        .WithStreamScale(redis, "ivg_generate", length: 16, maxReplicas: 20,
            reason: "c * (1 + Wq / S): c = 8 jobs at once in a replica (WORKER_AUTOSCALE_MAX), S = 8 s for one, Wq = 8 s that a job may wait.\nDecide: put in the S that you measure (ivg.jobs.run_time).")
        .WithProbes();

    // BiRefNet takes about 10 GB, and .NET believes in three quarters of what a container may use.
    public static IResourceBuilder<ProjectResource> DeployedAsBgWorker(this IResourceBuilder<ProjectResource> project, IResourceBuilder<RedisResource> redis) => project
        .WithDeployedEnvironment("BG_MODEL_DIR", ModelFolder)
        .WithSize(cpu: 2, memoryMiB: 16 * 1024, graceSeconds: 45, callsOut: true)
        .WithGrace(seconds: 35)
        .WithPool(8)
        .WithFilledVolume("models", ModelFolder, sizeGiB: 4, fill: "fetch-model")
        .WithStreamScale(redis, "ivg_bg", length: 3, maxReplicas: 10,
            reason: "c * (1 + Wq / S): c = 1 job at once in a replica, for the model's memory; S = 1.5 s for one, Wq = 3 s that a job may wait.\nDecide: put in the S that you measure (ivg.jobs.run_time).")
        .WithProbes();

    // Every dependency is asked once, at the start, so that a new version that reaches none replaces nothing. Afterwards a replica
    // answers for itself alone: an outage of Redis or Postgres would otherwise take out all of them, and they know how to live through it.
    private static IResourceBuilder<ProjectResource> WithProbes(this IResourceBuilder<ProjectResource> project) => project
        .WithProbe(ProbeType.Startup, Health, periodSeconds: 5, timeoutSeconds: 6, failureThreshold: 60)
        .WithProbe(ProbeType.Readiness, Alive, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3)
        .WithProbe(ProbeType.Liveness, Alive, periodSeconds: 15, timeoutSeconds: 5, failureThreshold: 4);

    // Below what the deployment gives the whole process: the rest is for handing jobs back.
    private static IResourceBuilder<ProjectResource> WithGrace(this IResourceBuilder<ProjectResource> project, int seconds)
        => project.WithDeployedEnvironment("WORKER_GRACE_SECONDS", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));

    // Of a worker at least twice what it runs at once: a job holds no connection while it waits for somebody else.
    private static IResourceBuilder<ProjectResource> WithPool(this IResourceBuilder<ProjectResource> project, int size) => project
        .WithDeployedEnvironment("DATABASE_POOL_SIZE", size.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .WithDatabaseConnections(size);

    private static IResourceBuilder<ProjectResource> WithDeployedEnvironment(this IResourceBuilder<ProjectResource> project, string variable, string value)
        => project.ApplicationBuilder.ExecutionContext.IsPublishMode ? project.WithEnvironment(variable, value) : project;

    /// <summary>A secret that a deployment needs and Development does without.</summary>
    public static IResourceBuilder<ParameterResource> AddSecretOfDeployments(this IDistributedApplicationBuilder builder, string name, string variable)
        => builder.ExecutionContext.IsPublishMode ? builder.AddParameter(name, secret: true) : builder.AddOptionalSecret(name, variable);
}
