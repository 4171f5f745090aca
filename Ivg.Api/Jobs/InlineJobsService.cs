using Ivg.Core.Jobs;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Jobs;

/// <summary>The synchronous mode's other half: keeps the leases of running requests, and finishes jobs whose request died with its process.</summary>
internal sealed partial class InlineJobsService(
    JobLeases leases, JobNotifier notifier, JobQueries queries, InlineJobs inline, IOptions<JobOptions> options, TimeProvider time,
    ILogger<InlineJobsService> logger) : BackgroundService
{
    // A request claims its job at once; one that nobody claimed for so long has nobody left.
    private readonly TimeSpan _abandoned = TimeSpan.FromSeconds(options.Value.LeaseSeconds / 2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await notifier.OnCancelRequestedAsync(leases.Hint);
        await Task.WhenAll(leases.KeepAsync(stoppingToken), FinishAbandonedAsync(stoppingToken));
    }

    private async Task FinishAbandonedAsync(CancellationToken stopping)
    {
        using var ticks = new PeriodicTimer(_abandoned / 3, time);
        while (await ticks.WaitForNextTickAsync(stopping))
        {
            try
            {
                foreach (var job in await queries.UnclaimedAsync(_abandoned, 10, stopping)) await inline.RunAsync(job, slot: null, stopping);
            }
#pragma warning disable CA1031 // Do not catch general exception types: one job's fault must not leave all later ones to nobody.
            catch (Exception e) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(logger, e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Abandoned jobs could not be looked for: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
