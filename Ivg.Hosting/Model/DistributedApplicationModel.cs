namespace Aspire.Hosting.ApplicationModel;

/// <summary>What runs, and what needs what.</summary>
public class DistributedApplicationModel(IResourceCollection resources)
{
    public DistributedApplicationModel(IEnumerable<IResource> resources)
        : this(new ResourceCollection())
    {
        ArgumentNullException.ThrowIfNull(resources);
        foreach (var resource in resources)
            Resources.Add(resource);
    }

    public IResourceCollection Resources { get; } = resources;
}
