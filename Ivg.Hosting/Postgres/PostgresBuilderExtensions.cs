using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>PostgreSQL in the model.</summary>
public static class PostgresBuilderExtensions
{
    /// <param name="password">Made up and kept in the data folder where none is given.</param>
    /// <param name="port">Any free one where none is given.</param>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var secret = password?.Resource ?? new ParameterResource($"{name}-password", secret: true, _ => null);
        var server = builder.AddResource(new PostgresServerResource(name, userName?.Resource, secret))
            .WithEndpoint(port: port, name: PostgresServerResource.PrimaryEndpointName);
        return WithConnectionCheck(server);
    }

    /// <summary>A database, made when the server has none of that name.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        databaseName ??= name;
        builder.Resource.AddDatabase(name, databaseName);
        return WithConnectionCheck(builder.ApplicationBuilder.AddResource(new PostgresDatabaseResource(name, databaseName, builder.Resource)));
    }

    /// <summary>Names the folder, inside the data folder, that keeps the cluster. The embedded host keeps it in any case.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (isReadOnly)
            throw new NotSupportedException("The embedded host cannot run PostgreSQL on a read-only volume.");

        return name is null ? builder : builder.WithAnnotation(new DataVolumeAnnotation(name), ResourceAnnotationMutationBehavior.Replace);
    }

    public static IResourceBuilder<PostgresServerResource> WithHostPort(this IResourceBuilder<PostgresServerResource> builder, int? port)
        => builder.WithEndpoint(PostgresServerResource.PrimaryEndpointName, endpoint => endpoint.Port = port);

    private static IResourceBuilder<T> WithConnectionCheck<T>(IResourceBuilder<T> builder)
        where T : IResourceWithConnectionString
    {
        var resource = builder.Resource;
        var key = $"{resource.Name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(
            new HealthCheckRegistration(key, _ => new PostgresHealthCheck(resource), failureStatus: null, tags: null, timeout: TimeSpan.FromSeconds(5)));
        return builder.WithHealthCheck(key);
    }
}
