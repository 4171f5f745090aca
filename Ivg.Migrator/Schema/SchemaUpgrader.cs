using DbUp;
using DbUp.Engine;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ivg.Migrator.Schema;

/// <summary>Applies the SQL scripts of this folder that the database has not seen, one migrator at a time.</summary>
internal sealed partial class SchemaUpgrader(NpgsqlDataSource database, ILogger<SchemaUpgrader> logger)
{
    private const long LockKey = 0x4976_674D_6967_7261;

    /// <exception cref="InvalidOperationException">A script failed; it was rolled back.</exception>
    public async Task UpgradeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using (var take = new NpgsqlCommand("select pg_advisory_lock($1)", connection) { CommandTimeout = 0, Parameters = { new() { Value = LockKey } } })
            await take.ExecuteNonQueryAsync(cancellationToken);
        // The lock ends with the connection's session, also when this process dies.
        var result = await Task.Run(Upgrade, cancellationToken);
        await using (var give = new NpgsqlCommand("select pg_advisory_unlock($1)", connection) { Parameters = { new() { Value = LockKey } } })
            await give.ExecuteNonQueryAsync(cancellationToken);
        if (!result.Successful) throw new InvalidOperationException($"Script {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
        var applied = result.Scripts.Count();
        LogDone(logger, applied);
    }

    private DatabaseUpgradeResult Upgrade() => DeployChanges.To
        .PostgresqlDatabase(new DbUp.Postgresql.PostgresqlConnectionManager(database))
        .JournalToPostgresqlTable("public", "schema_versions")
        .WithScriptsEmbeddedInAssembly(typeof(SchemaUpgrader).Assembly)
        .WithTransactionPerScript()
        .WithVariablesDisabled()
        .LogToNowhere()
        .Build()
        .PerformUpgrade();

    [LoggerMessage(Level = LogLevel.Information, Message = "The schema is current; {Count} scripts were applied")]
    private static partial void LogDone(ILogger logger, int count);
}
