using System.Diagnostics;
using System.Globalization;
using Ivg.ServiceDefaults.Data;
using Ivg.ServiceDefaults.Health;
using Ivg.ServiceDefaults.Settings;
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
    public static void AddNpgsqlDataSource(this IHostApplicationBuilder builder, string connectionName)
    {
        // One that is no number is among the faults already.
        var poolSize = int.TryParse(builder.Configuration["DATABASE_POOL_SIZE"], CultureInfo.InvariantCulture, out var set) ? set : PostgresUrl.PoolSize;
        var connectionString = Read(builder, connectionName, "DATABASE_URL", value => PostgresUrl.ToConnectionString(value, poolSize), "Host=unset.invalid");
        // Statements are told in the trace of the request or job that they serve; what runs on its own each second is in nobody's.
        builder.Services.AddNpgsqlDataSource(connectionString, source => source.ConfigureTracing(tracing => tracing
            .ConfigureCommandFilter(_ => Activity.Current is not null)
            .ConfigureBatchFilter(_ => Activity.Current is not null)
            .EnablePhysicalOpenTracing(false)));
        builder.Services.AddHealthChecks().AddCheck<PostgresHealthCheck>("postgres");
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddNpgsql()).WithMetrics(metrics => metrics.AddMeter("Npgsql"));
    }

    /// <summary>An <see cref="IConnectionMultiplexer"/> that connects in the background, with a health check.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="connectionName">Name of the connection string: <c>redis</c>.</param>
    public static void AddRedisClient(this IHostApplicationBuilder builder, string connectionName)
    {
        var options = Read(builder, connectionName, "REDIS_URL", RedisUrl.ToOptions, "unset.invalid");
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(options));
        builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
    }

    // A fault is told when the service starts, with all others; it gets no further than that with what stands in here.
    private static T Read<T>(IHostApplicationBuilder builder, string name, string alias, Func<string, T> parse, string standIn)
    {
        var value = builder.Configuration.GetConnectionString(name);
        try
        {
            if (!string.IsNullOrEmpty(value)) return parse(value);
            SettingsFaults.Of(builder).Add($"Set ConnectionStrings__{name} or {alias}: this service cannot start without it.");
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            SettingsFaults.Of(builder).Add($"ConnectionStrings__{name} or {alias} is no connection string that can be read.");
        }
        return parse(standIn);
    }
}
