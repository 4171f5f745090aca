using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Ivg.ServiceDefaults.Health;

internal sealed class PostgresHealthCheck(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("select 1");
            command.CommandTimeout = 2;
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            // The driver's message names hosts and users; the report says no more than it must.
            return HealthCheckResult.Unhealthy("Postgres does not answer.");
        }
    }
}
