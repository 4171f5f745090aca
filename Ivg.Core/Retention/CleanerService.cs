using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ivg.Core.Retention;

/// <summary>Cleans each hour, where no scheduler does.</summary>
public sealed partial class CleanerService(Cleaner cleaner, TimeProvider time, ILogger<CleanerService> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(Period, time);
        while (await ticks.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var removed = await cleaner.CleanAsync(stoppingToken);
                LogCleaned(logger, removed.Pictures, removed.Jobs, removed.HistoryRows);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                LogFailed(logger, e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention removed {Pictures} pictures, {Jobs} jobs and {HistoryRows} rows of the history")]
    private static partial void LogCleaned(ILogger logger, long pictures, long jobs, long historyRows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Retention waits for its next hour: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
