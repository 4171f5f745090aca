using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Orchestration;

/// <summary>One replica of a resource.</summary>
/// <param name="Id">The resource's name, with the replica's number where it has several.</param>
/// <param name="Index">0-based.</param>
internal sealed record ResourceInstance(IResource Resource, string Id, int Index)
{
    /// <summary>A resource that listens is meant to stay; one that does not may end.</summary>
    public bool IsService => Resource.Annotations.OfType<EndpointAnnotation>().Any();

    public AllocatedEndpoint? Endpoint(EndpointAnnotation endpoint) => Index < endpoint.Replicas.Count ? endpoint.Replicas[Index] : null;
}
