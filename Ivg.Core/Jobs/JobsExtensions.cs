using Ivg.Core.Data;
using Ivg.Core.History;
using Ivg.Core.Images;
using Ivg.Core.Queues;
using Ivg.Core.Styles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ivg.Core.Jobs;

/// <summary>Registers the job engine and the stores it works on.</summary>
public static class JobsExtensions
{
    /// <summary>Everything but a worker: for the API, and under <see cref="AddJobWorker"/>.</summary>
    public static void AddJobs(this IHostApplicationBuilder builder)
    {
        DapperConventions.Apply();
        var services = builder.Services;
        services.AddOptions<JobOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ImageLimits>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AssetStore>();
        services.AddSingleton<StyleStore>();
        services.AddSingleton<HistoryStore>();
        services.AddSingleton<Eraser>();
        services.AddSingleton<JobStream>();
        services.AddSingleton<JobNotifier>();
        services.AddSingleton<JobDispatcher>();
        services.AddSingleton<JobSubmitter>();
        services.AddSingleton<QueuePace>();
        services.AddSingleton<UsualTimes>();
        services.AddSingleton<JobCanceller>();
        services.AddSingleton<JobQueries>();
        services.AddSingleton<QueuePlaces>();
        services.AddSingleton<SessionEvents>();
        services.AddSingleton<JobLeases>();
        services.AddSingleton<JobFinisher>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobSweeper>();
        services.AddHostedService<JobSweeperService>();
    }

    /// <summary>A worker that hosts the handler of one kind.</summary>
    public static void AddJobWorker(this IHostApplicationBuilder builder, JobKind kind)
    {
        builder.AddJobs();
        var services = builder.Services;
        services.AddWorkerReporter(kind);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<JobWorker>(provider, kind));
        services.AddHostedService(provider => provider.GetRequiredService<JobWorker>());
        services.AddHealthChecks().AddCheck<JobWorkerHealthCheck>("queue", tags: ["live"]);
        services.AddOptions<HostOptions>().Configure<IOptions<JobOptions>>((host, jobs) =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(jobs.Value.GraceSeconds + 1) + JobWorker.HandBack);
    }
}
