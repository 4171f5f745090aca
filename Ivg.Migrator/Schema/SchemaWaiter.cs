using Ivg.Core.Data;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ivg.Migrator.Schema;

/// <summary>Waits until some migrator, of this version or a later one, has brought the schema to what this version needs.</summary>
internal sealed partial class SchemaWaiter(NpgsqlDataSource database, TimeProvider time, ILogger<SchemaWaiter> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var said = "";
        while (await MissingAsync(cancellationToken) is { } missing)
        {
            if (missing != said) LogWaiting(logger, said = missing);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<string?> MissingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.CreateCommand("select exists (select from schema_versions where scriptname like '%' || $1)");
            command.Parameters.Add(new() { Value = SchemaVersion.Newest });
            return await command.ExecuteScalarAsync(cancellationToken) is true ? null : $"the schema lacks {SchemaVersion.Newest}";
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidCatalogName)
        {
            return "there is no schema yet";
        }
        // A wrong password is no reason to end either: whoever mends it finds this still waiting, and the log says what for.
        catch (NpgsqlException e)
        {
            return e.Message;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);
}
