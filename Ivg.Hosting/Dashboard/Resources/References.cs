using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Dashboard.Resources;

/// <summary>How resources hang together.</summary>
internal static class References
{
    /// <summary>What a resource needs, by name: with "uses", "waits for", "waits for the end of" or "part of".</summary>
    public static IEnumerable<Reference> Of(IResource resource)
    {
        if (resource is IResourceWithParent child)
            yield return new Reference(child.Parent.Name, "part of");
        foreach (var used in resource.Annotations.OfType<ResourceReferenceAnnotation>().Select(r => r.Resource.Name).Distinct())
            yield return new Reference(used, "uses");
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>().DistinctBy(w => (w.Resource, w.WaitType)))
            yield return new Reference(wait.Resource.Name, wait.WaitType == WaitType.WaitForCompletion ? "waits for the end of" : "waits for");
    }

    internal sealed record Reference(string Name, string Kind);
}
