using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Redis in the model.</summary>
public static class RedisBuilderExtensions
{
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port)
        => builder.AddRedis(name, port, password: null);

    /// <param name="port">Any free one where none is given.</param>
    /// <param name="password">Made up and kept in the data folder where none is given.</param>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var resource = new RedisResource(name, password?.Resource ?? new ParameterResource($"{name}-password", secret: true, _ => null));
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().Add(
            new HealthCheckRegistration(key, _ => new RedisHealthCheck(resource), failureStatus: null, tags: null, timeout: TimeSpan.FromSeconds(5)));
        return builder.AddResource(resource)
            .WithEndpoint(port: port, name: RedisResource.PrimaryEndpointName)
            .WithHealthCheck(key);
    }

    /// <summary>Names the folder, inside the data folder, that keeps the append-only file. The embedded host keeps it in any case.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(
        this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (isReadOnly)
            throw new NotSupportedException("The embedded host cannot run Redis on a read-only volume.");

        return name is null ? builder : builder.WithAnnotation(new DataVolumeAnnotation(name), ResourceAnnotationMutationBehavior.Replace);
    }

    public static IResourceBuilder<RedisResource> WithHostPort(this IResourceBuilder<RedisResource> builder, int? port)
        => builder.WithEndpoint(RedisResource.PrimaryEndpointName, endpoint => endpoint.Port = port);
}
