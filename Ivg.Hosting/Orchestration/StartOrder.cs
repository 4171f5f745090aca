using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Orchestration;

/// <summary>What a resource needs, and so the order in which resources stop.</summary>
internal static class StartOrder
{
    /// <summary>0 for a resource that needs nothing, else one more than the highest of what it needs.</summary>
    /// <exception cref="DistributedApplicationException">Resources wait for each other in a circle.</exception>
    public static IReadOnlyDictionary<IResource, int> Levels(IEnumerable<IResource> resources)
    {
        var levels = new Dictionary<IResource, int>();
        foreach (var resource in resources)
            LevelOf(resource, levels, []);

        return levels;
    }

    private static int LevelOf(IResource resource, Dictionary<IResource, int> levels, List<IResource> path)
    {
        if (levels.TryGetValue(resource, out var known))
            return known;
        if (path.Contains(resource))
            throw new DistributedApplicationException(
                $"Resources wait for each other in a circle: {string.Join(" -> ", path.SkipWhile(r => r != resource).Append(resource).Select(r => r.Name))}. Remove one of the waits.");

        path.Add(resource);
        var level = Needs(resource).Select(needed => LevelOf(needed, levels, path) + 1).DefaultIfEmpty(0).Max();
        path.Remove(resource);
        return levels[resource] = level;
    }

    // References between services may well be mutual; only what a start waits for is an order.
    private static IEnumerable<IResource> Needs(IResource resource)
    {
        var needs = resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource)
            .Concat(resource.Annotations.OfType<ResourceReferenceAnnotation>().Select(r => r.Resource).Where(r => r is IResourceWithConnectionString));
        return resource is IResourceWithParent child ? needs.Append(child.Parent) : needs;
    }
}
