namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource, or one replica of it, and its newest snapshot.</summary>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    public IResource Resource { get; } = resource;

    /// <summary>The resource's name, with <c>-1</c>, <c>-2</c> … where it has several replicas.</summary>
    public string ResourceId { get; } = resourceId;

    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
