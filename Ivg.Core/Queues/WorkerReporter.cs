using Dapper;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ivg.Core.Queues;

/// <summary>Says each second that this worker is alive, and hears in the same statement whether its queue is paused.</summary>
internal sealed partial class WorkerReporter(
    JobKind kind, NpgsqlDataSource database, JobWorker worker, JobLeases leases, QueueGate gate, TimeProvider time, ILogger<WorkerReporter> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(Period, time);
        var failing = false;
        do
        {
            try
            {
                gate.Set(await ReportAsync(stoppingToken));
                failing = false;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                // A pause that was heard of holds; without the database nothing can be claimed anyway.
                if (!failing) LogFailed(logger, e.Message);
                failing = true;
            }
        }
        while (await ticks.WaitForNextTickAsync(stoppingToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(
                "delete from workers where queue = @queue and name = @Owner", new { queue = kind.Queue(), leases.Owner }, cancellationToken: cancellationToken));
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            // It vanishes by itself in ten seconds.
        }
    }

    private async Task<bool> ReportAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition("""
            with seen as (
              insert into workers (name, queue, running, last_read_at, seen_at) values (@Owner, @queue, @Running, now() - @SinceLastRead, now())
              on conflict (queue, name) do update set running = excluded.running, last_read_at = excluded.last_read_at, seen_at = excluded.seen_at
            ), dead as (
              delete from workers where seen_at < now() - interval '1 minute' and name <> @Owner
            )
            select paused_at is not null from queues where queue = @queue
            """, new { leases.Owner, queue = kind.Queue(), worker.Running, worker.SinceLastRead }, cancellationToken: cancellationToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "This worker could not report itself and goes on trying: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
