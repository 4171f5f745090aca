using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Data;
using Ivg.Hosting.Processes;

namespace Ivg.Hosting.Orchestration;

/// <summary>Gives every endpoint of every replica its port before anything starts, so that all can know all.</summary>
internal sealed class EndpointAllocator(EmbeddedHostOptions options, Ports ports, DataFolder data)
{
    public void Allocate(IEnumerable<IResource> resources)
    {
        foreach (var resource in resources)
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
                endpoint.Replicas = [.. Enumerable.Range(0, resource.GetReplicaCount()).Select(replica => new AllocatedEndpoint(endpoint, endpoint.TargetHost, PortFor(resource, endpoint, replica)))];
    }

    /// <summary>A port for one more replica.</summary>
    public void AllocateAnother(IResource resource)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            endpoint.Replicas = [.. endpoint.Replicas, new AllocatedEndpoint(endpoint, endpoint.TargetHost, PortFor(resource, endpoint, endpoint.Replicas.Count))];
    }

    public static void ReleaseLast(IResource resource)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            endpoint.Replicas = [.. endpoint.Replicas.SkipLast(1)];
    }

    private int PortFor(IResource resource, EndpointAnnotation endpoint, int replica)
    {
        if (replica == 0 && (endpoint.Port ?? endpoint.TargetPort) is { } wanted && wanted != 0 && !options.RandomizePorts)
            return Ports.IsFree(wanted)
                ? wanted
                : throw new DistributedApplicationException(
                    $"Port {wanted}, which '{resource.Name}' listens on, is in use by {Ports.Holder(wanted)}. "
                    + $"Stop it, or choose another port{(options.PortSettings.TryGetValue(resource.Name, out var setting) ? $" with {setting}" : "")}.");

        // A server's port stays the same from run to run where it can.
        return resource is IResourceWithConnectionString && !options.RandomizePorts
            ? data.RememberedPort($"{resource.Name}-{endpoint.Name}", ports)
            : ports.TakeFree();
    }
}
