using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Orchestration;
using Ivg.Hosting.Processes;
using Npgsql;

namespace Ivg.Hosting.Postgres;

/// <summary>Makes a database that its server, by then healthy, does not have yet.</summary>
internal sealed class PostgresDatabaseLauncher : IResourceLauncher
{
    public bool Handles(IResource resource) => resource is PostgresDatabaseResource;

    public Task PrepareAsync(IResource resource, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<ProcessSpec?> CreateAsync(ResourceInstance instance, CancellationToken cancellationToken)
    {
        var database = (PostgresDatabaseResource)instance.Resource;
        var connectionString = new NpgsqlConnectionStringBuilder(await database.Parent.GetConnectionStringAsync(cancellationToken))
        {
            Database = "postgres",
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        exists.Parameters.AddWithValue(database.DatabaseName);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not null)
            return null;

        // A name cannot be a parameter.
        var quoted = new NpgsqlCommandBuilder().QuoteIdentifier(database.DatabaseName);
        await using var create = new NpgsqlCommand($"CREATE DATABASE {quoted}", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
        return null;
    }
}
