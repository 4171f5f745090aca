using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ivg.Hosting.Orchestration;

/// <summary>Holds a resource back until what it waits for is there.</summary>
internal sealed class WaitGate(ResourceNotificationService notifications, InstanceRegistry registry)
{
    /// <param name="waiting">Told, each time it changes, what is waited for.</param>
    /// <exception cref="DistributedApplicationException">Something waited for failed, and nobody is there to start it again.</exception>
    public async Task WaitAsync(IResource resource, Action<string> waiting, CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().ToList();
        if (resource is IResourceWithParent child)
            waits.Add(new WaitAnnotation(child.Parent, WaitType.WaitUntilHealthy));

        foreach (var wait in waits.Where(w => registry.Of(w.Resource).Count > 0))
            await WaitAsync(wait, waiting, cancellationToken);
    }

    private async Task WaitAsync(WaitAnnotation wait, Action<string> waiting, CancellationToken cancellationToken)
    {
        if (AllDone(wait))
            return;

        var stopOnFailure = (wait.WaitBehavior ?? notifications.DefaultWaitBehavior) == WaitBehavior.StopOnResourceUnavailable;
        var said = "";
        await foreach (var update in notifications.WatchAsync(cancellationToken))
        {
            if (update.Resource != wait.Resource)
                continue;
            if (AllDone(wait))
                return;

            var failed = HasFailed(wait, update);
            if (failed && stopOnFailure)
                throw new DistributedApplicationException($"waited for '{update.ResourceId}', which did not come: {ResourceNotificationService.Describe(update)}");

            var saying = failed ? $"for '{update.ResourceId}': {ResourceNotificationService.Describe(update)}" : $"for '{wait.Resource.Name}' {Goal(wait)}";
            if (saying == said)
                continue;
            said = saying;
            waiting(saying);
        }
    }

    private bool AllDone(WaitAnnotation wait) => registry.Of(wait.Resource).All(
        supervisor => notifications.TryGetCurrentState(supervisor.Instance.Id, out var update) && IsDone(wait, update));

    private static bool IsDone(WaitAnnotation wait, ResourceEvent update) => wait.WaitType switch
    {
        WaitType.WaitForCompletion => ResourceNotificationService.IsTerminal(update) && update.Snapshot.ExitCode == wait.ExitCode,
        WaitType.WaitUntilStarted => update.Snapshot.State?.Text == KnownResourceStates.Running,
        _ => update.Snapshot.HealthStatus == HealthStatus.Healthy,
    };

    private static bool HasFailed(WaitAnnotation wait, ResourceEvent update)
        => ResourceNotificationService.IsTerminal(update) && !IsDone(wait, update);

    private static string Goal(WaitAnnotation wait) => wait.WaitType switch
    {
        WaitType.WaitForCompletion => "to finish",
        WaitType.WaitUntilStarted => "to start",
        _ => "to be healthy",
    };
}
