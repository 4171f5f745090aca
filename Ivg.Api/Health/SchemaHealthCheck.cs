using Ivg.Core.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Ivg.Api.Health;

/// <summary>Whether the migrator has brought the schema to what this version needs.</summary>
internal sealed class SchemaHealthCheck(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("select exists (select from schema_versions where scriptname like '%' || $1)");
            command.Parameters.Add(new() { Value = SchemaVersion.Newest });
            command.CommandTimeout = 2;
            return await command.ExecuteScalarAsync(cancellationToken) is true
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The schema lacks {SchemaVersion.Newest}: run the migrator.");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return HealthCheckResult.Unhealthy("There is no schema yet: run the migrator.");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("Postgres does not answer.");
        }
    }
}
