using System.Diagnostics;
using Ivg.ServiceDefaults.Data;
using Ivg.ServiceDefaults.Health;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers the servers that IVG needs by the names of their connection strings.</summary>
public static class DataExtensions
{
    /// <summary>An <see cref="NpgsqlDataSource"/> with pooling, tracing, metrics and a health check.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="connectionName">Name of the connection string: <c>ivgdb</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such connection string, nor <c>DATABASE_URL</c>.</exception>
    public static void AddNpgsqlDataSource(this IHostApplicationBuilder builder, string connectionName)
    {
        var connectionString = Required(builder.Configuration, connectionName, "DATABASE_URL");
        // Statements are told in the trace of the request or job that they serve; what runs on its own each second is in nobody's.
        builder.Services.AddNpgsqlDataSource(PostgresUrl.ToConnectionString(connectionString), source => source.ConfigureTracing(tracing => tracing
            .ConfigureCommandFilter(_ => Activity.Current is not null)
            .ConfigureBatchFilter(_ => Activity.Current is not null)
            .EnablePhysicalOpenTracing(false)));
        builder.Services.AddHealthChecks().AddCheck<PostgresHealthCheck>("postgres");
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddNpgsql()).WithMetrics(metrics => metrics.AddMeter("Npgsql"));
    }

    /// <summary>An <see cref="IConnectionMultiplexer"/> that connects in the background, with a health check.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="connectionName">Name of the connection string: <c>redis</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such connection string, nor <c>REDIS_URL</c>.</exception>
    public static void AddRedisClient(this IHostApplicationBuilder builder, string connectionName)
    {
        var options = RedisUrl.ToOptions(Required(builder.Configuration, connectionName, "REDIS_URL"));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(options));
        builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
    }

    private static string Required(IConfiguration configuration, string name, string alias) =>
        configuration.GetConnectionString(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"Set ConnectionStrings__{name} or {alias}: this service cannot start without it.");
}
