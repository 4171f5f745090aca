using Ivg.Core.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ivg.Core.Queues;

/// <summary>Registers the operator's side of the queues.</summary>
public static class QueuesExtensions
{
    /// <summary>The view and its gauges: for the API.</summary>
    public static void AddQueues(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<QueueMonitor>();
        builder.Services.AddHostedService<QueueGauges>();
    }

    /// <summary>A worker's report and its ear for pauses. Before the worker itself, so that it goes on reporting while that drains.</summary>
    internal static void AddWorkerReporter(this IServiceCollection services, JobKind kind)
    {
        services.AddSingleton<QueueGate>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<WorkerReporter>(provider, kind));
    }
}
