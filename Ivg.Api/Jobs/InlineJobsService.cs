using Ivg.Core.Jobs;
using Npgsql;

namespace Ivg.Api.Jobs;

/// <summary>The synchronous mode's other half: keeps the leases of running requests, and finishes jobs whose request died with its process.</summary>
internal sealed partial class InlineJobsService(JobLeases leases, JobQueries queries, InlineJobs inline, TimeProvider time, ILogger<InlineJobsService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    // A request claims its job at once; one that nobody claimed for so long has nobody left.
    private static readonly TimeSpan Abandoned = TimeSpan.FromSeconds(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(leases.KeepAsync(stoppingToken), FinishAbandonedAsync(stoppingToken));

    private async Task FinishAbandonedAsync(CancellationToken stopping)
    {
        using var ticks = new PeriodicTimer(Period, time);
        while (await ticks.WaitForNextTickAsync(stopping))
        {
            try
            {
                foreach (var job in await queries.UnclaimedAsync(Abandoned, 10, stopping)) await inline.RunAsync(job, stopping);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                LogFailed(logger, e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Abandoned jobs could not be looked for: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
