using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Orchestration;

/// <summary>Changes how many replicas of a project run, for as long as the host does.</summary>
internal sealed class ReplicaScaler(InstanceRegistry registry, InstanceFactory factory, EndpointAllocator endpoints, ResourceNotificationService notifications) : IDisposable
{
    public const int Most = 16;

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>A service that stays: one-shots and servers with data have one process.</summary>
    public bool CanScale(IResource resource)
        => resource is ProjectResource && !factory.IsOneShot(resource) && !resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();

    /// <param name="replicas">1 to 16. The last ones go first; new ones get any free port.</param>
    /// <exception cref="DistributedApplicationException">The resource has no replicas, or not that many.</exception>
    public async Task ScaleAsync(IResource resource, int replicas, CancellationToken cancellationToken)
    {
        if (!CanScale(resource))
            throw new DistributedApplicationException($"'{resource.Name}' runs once.");
        if (replicas is < 1 or > Most)
            throw new DistributedApplicationException($"'{resource.Name}' may have 1 to {Most} replicas.");

        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var running = registry.Of(resource);
            for (var index = running.Count; index < replicas; index++)
            {
                endpoints.AllocateAnother(resource);
                var added = await factory.AddAsync(resource, index, $"{resource.Name}-{index + 1}");
                await added.StartAsync(cancellationToken);
            }

            var surplus = running.Skip(replicas).Reverse().ToList();
            await Task.WhenAll(surplus.Select(supervisor => supervisor.StopAsync(cancellationToken)));
            // One after another: each takes the last endpoint off what the one before left.
            foreach (var supervisor in surplus)
                Remove(supervisor);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private void Remove(InstanceSupervisor surplus)
    {
        registry.Remove(surplus);
        EndpointAllocator.ReleaseLast(surplus.Instance.Resource);
        notifications.Forget(surplus.Instance.Id);
        surplus.Dispose();
    }
}
