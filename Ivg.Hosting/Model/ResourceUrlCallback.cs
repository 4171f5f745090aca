namespace Aspire.Hosting.ApplicationModel;

/// <summary>Changes the link of an endpoint, or adds one, once its port is known.</summary>
internal sealed class ResourceUrlCallback(string endpointName, Action<ResourceUrlAnnotation>? change, Func<EndpointReference, ResourceUrlAnnotation>? add)
    : IResourceAnnotation
{
    public string EndpointName { get; } = endpointName;

    public Action<ResourceUrlAnnotation>? Change { get; } = change;

    public Func<EndpointReference, ResourceUrlAnnotation>? Add { get; } = add;
}
