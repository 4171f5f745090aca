using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Orchestration;

/// <summary>The links a resource is shown with.</summary>
internal static class ResourceUrls
{
    public static IReadOnlyList<UrlSnapshot> For(ResourceInstance instance)
    {
        var urls = new List<UrlSnapshot>();
        foreach (var endpoint in instance.Resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (instance.Endpoint(endpoint) is not { } allocated)
                continue;

            var shown = new ResourceUrlAnnotation { Url = allocated.UriString };
            var callbacks = instance.Resource.Annotations.OfType<ResourceUrlCallback>()
                .Where(c => string.Equals(c.EndpointName, endpoint.Name, StringComparison.OrdinalIgnoreCase)).ToArray();
            foreach (var callback in callbacks)
                callback.Change?.Invoke(shown);
            urls.Add(ToSnapshot(shown, endpoint, allocated));
            foreach (var callback in callbacks.Where(c => c.Add is not null && instance.Resource is IResourceWithEndpoints))
                urls.Add(ToSnapshot(callback.Add!(new EndpointReference((IResourceWithEndpoints)instance.Resource, endpoint)), endpoint, allocated));
        }

        urls.AddRange(instance.Resource.Annotations.OfType<ResourceUrlAnnotation>().Select(u => new UrlSnapshot(null, u.Url, false) { DisplayText = u.DisplayText }));
        return urls;
    }

    private static UrlSnapshot ToSnapshot(ResourceUrlAnnotation url, EndpointAnnotation endpoint, AllocatedEndpoint allocated)
        => new(endpoint.Name, url.Url.StartsWith('/') ? allocated.UriString + url.Url : url.Url, !endpoint.IsExternal) { DisplayText = url.DisplayText };
}
