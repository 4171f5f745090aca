using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>Sweeps each second, and compares rows with streams every sixth time and after every fault.</summary>
internal sealed partial class JobSweeperService(
    JobSweeper sweeper, IOptions<JobOptions> options, TimeProvider time, ILogger<JobSweeperService> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(Period, time);
        var reconcileIn = 0;
        var failing = false;
        // While Postgres was away nobody could renew a lease; who lives does so at its next beat, and is not taken for dead before.
        var databaseReturns = options.Value.Heartbeat + TimeSpan.FromSeconds(5);
        var trustLeasesFrom = time.GetUtcNow();
        while (await ticks.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                sweeper.TrustsLeases = time.GetUtcNow() >= trustLeasesFrom;
                await sweeper.SweepAsync(reconcile: reconcileIn <= 0, stoppingToken);
                reconcileIn = reconcileIn <= 0 ? 5 : reconcileIn - 1;
                if (failing) LogHealed(logger);
                failing = false;
            }
            catch (Exception e) when (e is NpgsqlException || RedisFault.Is(e))
            {
                if (!failing) LogFailed(logger, e.Message);
                if (e is NpgsqlException) (trustLeasesFrom, sweeper.TrustsLeases) = (time.GetUtcNow() + databaseReturns, false);
                (failing, reconcileIn) = (true, 0);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep failed and goes on trying: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The sweep works again")]
    private static partial void LogHealed(ILogger logger);
}
