using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>Healthy once the default model has been tried; degraded while it is on its way; unhealthy when that failed.</summary>
internal sealed class ModelHealthCheck(DefaultModel model, ModelStore store) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        model.Ready.IsCompletedSuccessfully ? HealthCheckResult.Healthy(model.Model.Name)
        : model.Failure is { } reason ? HealthCheckResult.Unhealthy(reason)
        : HealthCheckResult.Degraded(store.FetchedPercent(model.Model) is { } percent
            ? $"The weights of '{model.Model.Name}' are being fetched: {percent} %."
            : $"'{model.Model.Name}' is being loaded and tried."));
}
