using Ivg.Core.Queues;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ivg.Core.Jobs;

/// <summary>A worker that has not read its queue for half a minute is not alive, whatever its process says.</summary>
internal sealed class JobWorkerHealthCheck(JobWorker worker, QueueGate gate) : IHealthCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(worker.SinceLastRead < Longest || worker.Running > 0 || gate.IsClosed
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"No read of the queue for {worker.SinceLastRead.TotalSeconds:0} s."));
}
