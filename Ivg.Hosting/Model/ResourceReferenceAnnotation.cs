namespace Aspire.Hosting.ApplicationModel;

/// <summary>Remembers a reference, for the order of stopping and for display.</summary>
internal sealed class ResourceReferenceAnnotation(IResource resource) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;
}
