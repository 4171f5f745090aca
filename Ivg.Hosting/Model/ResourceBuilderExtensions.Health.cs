using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Lets a check registered with the host's health checks speak for the resource.</summary>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(a => a.Key == key)
            ? throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has the health check '{key}'.")
            : builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <param name="path">Below the endpoint's URL; <c>/</c> unless said otherwise.</param>
    /// <param name="statusCode">The one that means healthy; 200 unless said otherwise.</param>
    /// <param name="endpointName">The first HTTP endpoint unless said otherwise.</param>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var resource = builder.Resource;
        return builder.WithHttpHealthCheck(() => FindHttpEndpoint(resource, endpointName), path, statusCode);
    }

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var resource = builder.Resource;
        path ??= "/";
        var status = statusCode ?? 200;
        var key = $"{resource.Name}_http_{path}_{status}_check";
        return builder.WithAnnotation(new HttpHealthCheckAnnotation(key, endpointSelector ?? (() => FindHttpEndpoint(resource, null)), path, status));
    }

    /// <summary>Has a deployment ask the resource; a run asks what <see cref="WithHttpHealthCheck{T}(IResourceBuilder{T}, string?, int?, string?)"/> names.</summary>
    /// <param name="path">Below the endpoint's URL; <c>/</c> unless said otherwise.</param>
    /// <param name="initialDelaySeconds">5 unless said otherwise.</param>
    /// <param name="periodSeconds">5 unless said otherwise.</param>
    /// <param name="timeoutSeconds">1 unless said otherwise.</param>
    /// <param name="failureThreshold">3 unless said otherwise.</param>
    /// <param name="successThreshold">1 unless said otherwise.</param>
    /// <param name="endpointName">The first HTTP endpoint unless said otherwise.</param>
    public static IResourceBuilder<T> WithHttpProbe<T>(
        this IResourceBuilder<T> builder,
        ProbeType type,
        string? path = null,
        int? initialDelaySeconds = null,
        int? periodSeconds = null,
        int? timeoutSeconds = null,
        int? failureThreshold = null,
        int? successThreshold = null,
        string? endpointName = null)
        where T : IResourceWithEndpoints, IResourceWithProbes
    {
        ArgumentNullException.ThrowIfNull(builder);
        var resource = builder.Resource;
        foreach (var earlier in resource.Annotations.OfType<HttpProbeAnnotation>().Where(p => p.Type == type).ToArray())
            resource.Annotations.Remove(earlier);
        return builder.WithAnnotation(new HttpProbeAnnotation(type, () => FindHttpEndpoint(resource, endpointName), path ?? "/")
        {
            InitialDelaySeconds = initialDelaySeconds ?? 5,
            PeriodSeconds = periodSeconds ?? 5,
            TimeoutSeconds = timeoutSeconds ?? 1,
            FailureThreshold = failureThreshold ?? 3,
            SuccessThreshold = successThreshold ?? 1,
        });
    }

    private static EndpointReference FindHttpEndpoint(IResourceWithEndpoints resource, string? name)
        => resource.GetEndpoints().FirstOrDefault(e => name is null
                ? e.Scheme is "http" or "https"
                : string.Equals(e.EndpointName, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new DistributedApplicationException($"The health check of '{resource.Name}' needs an HTTP endpoint{(name is null ? "" : $" '{name}'")}, and there is none.");
}
