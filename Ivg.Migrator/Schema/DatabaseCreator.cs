using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ivg.Migrator.Schema;

/// <summary>Creates the database where it is missing, and waits for a server that is still starting.</summary>
internal sealed partial class DatabaseCreator(NpgsqlDataSource database, TimeProvider time, ILogger<DatabaseCreator> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                await CreateAsync(cancellationToken);
            }
            catch (NpgsqlException e) when (e.IsTransient && time.GetElapsedTime(started) < Patience)
            {
                LogWaiting(logger, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var wanted = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;
        using var quoter = new NpgsqlCommandBuilder();
        await using var server = MaintenanceConnection();
        await server.OpenAsync(cancellationToken);
        await using var command = server.CreateCommand();
        // A name cannot be a parameter; it comes from our own connection string and is quoted as an identifier.
#pragma warning disable CA2100
        command.CommandText = $"create database {quoter.QuoteIdentifier(wanted)}";
#pragma warning restore CA2100
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
            LogCreated(logger, wanted);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another migrator was faster.
        }
    }

    // No connection string shows its password any more, but a clone of a connection takes it along.
    private NpgsqlConnection MaintenanceConnection()
    {
        using var template = database.CreateConnection();
        return template.CloneWith(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Created the database {Database}")]
    private static partial void LogCreated(ILogger logger, string database);

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for Postgres: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);
}
