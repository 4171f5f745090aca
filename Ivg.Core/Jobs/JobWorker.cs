using System.Collections.Concurrent;
using Ivg.Core.Queues;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using StackExchange.Redis;

namespace Ivg.Core.Jobs;

/// <summary>Hosts the handler of one kind over its stream: reads, claims, runs, and at the end hands back what does not fit into the grace.</summary>
public sealed partial class JobWorker(
    JobKind kind, ConfigurationOptions redis, JobStream stream, JobLeases leases, JobRunner runner, JobNotifier notifier, QueueGate gate,
    IHostApplicationLifetime lifetime, IOptions<JobOptions> options, TimeProvider time, ILogger<JobWorker> logger, WorkerCeiling? ceiling = null) : BackgroundService
{
    /// <summary>The longest that handing back may take after the grace: well under a second as a rule, more on a crowded machine.</summary>
    internal static readonly TimeSpan HandBack = TimeSpan.FromSeconds(6);

    private readonly WorkerSlots _slots = new(
        ceiling?.Of(options.Value.WorkerAutoscaleMin) ?? options.Value.WorkerAutoscaleMin, ceiling?.Of(options.Value.WorkerAutoscaleMax) ?? options.Value.WorkerAutoscaleMax);
    private readonly ConcurrentDictionary<JobLease, bool> _held = new();
    private readonly ConcurrentDictionary<string, bool> _inHand = new();
    private readonly string _queue = kind.Queue();
    private long _lastRead = time.GetTimestamp();

    /// <summary>Time since Redis last answered a read; a blocked read answers every two seconds even when the queue is empty.</summary>
    public TimeSpan SinceLastRead => time.GetElapsedTime(Volatile.Read(ref _lastRead));

    /// <summary>Jobs running now.</summary>
    public int Running => _slots.Running;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogStarting(logger, _queue, _slots.Least, _slots.Most);
        using var ended = new CancellationTokenSource();
        var keeping = leases.KeepAsync(ended.Token);
        // ApplicationStopping comes before the host stops its services one by one, so every worker of a process drains at once.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        // Beside the work: a worker starts without Redis too, and a hint that is missed is made up for by the next beat.
        var listening = notifier.OnCancelRequestedAsync(leases.Hint);
        await using (var reader = new JobReader(redis, stream, _queue, leases.Owner, logger))
        {
            while (!stopping.IsCancellationRequested)
                await ReadAsync(reader, stopping.Token);
        }
        await DrainAsync();
        await listening;
        await ended.CancelAsync();
        await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReadAsync(JobReader reader, CancellationToken stopping)
    {
        try
        {
            var waiting = time.GetTimestamp();
            await gate.WaitAsync(stopping);
            var room = await _slots.WaitForRoomAsync(stopping);
            // That this worker was paused or full is not Redis's silence.
            Volatile.Write(ref _lastRead, _lastRead + time.GetTimestamp() - waiting);
            // On a new connection Redis also tells of what we have and work on already.
            var deliveries = (await reader.ReadAsync(room, _inHand.Count, stopping)).Where(delivery => _inHand.TryAdd(delivery.StreamId, true)).ToList();
            Volatile.Write(ref _lastRead, time.GetTimestamp());
            _slots.Adapt(room, deliveries.Count);
            if (deliveries.Count > 0)
            {
                _slots.Take(deliveries.Count);
                foreach (var delivery in deliveries) _ = ProcessAsync(delivery, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is OperationCanceledException || RedisFault.Is(e))
        {
#pragma warning disable CA5394 // Random is an insecure random number generator: jitter guards no secret.
            var pause = TimeSpan.FromMilliseconds(100 + Random.Shared.Next(900));
#pragma warning restore CA5394
            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ProcessAsync(JobDelivery delivery, CancellationToken stopping)
    {
        // A read that was under way when the pause came may still deliver; it waits here.
        await gate.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var scope = JobScope.Begin(logger, _queue, delivery);
        try
        {
            if (gate.IsClosed) stopping.ThrowIfCancellationRequested();
            if (await ClaimAsync(delivery, stopping) is { } lease) await RunAsync(lease, scope, stopping);
            // Without a lease the job is not due any more: finished, cancelled, or somebody else's. The row knows better than the entry.
            await stream.CompleteAsync(_queue, delivery.StreamId);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Not claimed yet: the entry stays pending and the sweeper gives it to somebody else.
        }
#pragma warning disable CA1031 // Do not catch general exception types: one job's fault must not end the worker; the sweeper sees to the job.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogLeftToSweeper(logger, delivery.StreamId, e);
        }
        finally
        {
            _inHand.TryRemove(delivery.StreamId, out _);
            _slots.Free(1);
        }
    }

    // Entries in hand are not dropped because Postgres is restarting.
    private async Task<JobLease?> ClaimAsync(JobDelivery delivery, CancellationToken stopping)
    {
        for (var again = false; delivery.JobId is { } jobId; again = true)
        {
            try
            {
                return await leases.ClaimAsync(jobId, delivery.StreamId, again);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                LogClaimFailed(logger, delivery.StreamId, e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(500), time, stopping);
            }
        }
        return null;
    }

    private async Task RunAsync(JobLease lease, JobScope scope, CancellationToken stopping)
    {
        _held.TryAdd(lease, true);
        // What a last read brought is for somebody else to begin.
        if (stopping.IsCancellationRequested) lease.Lose(LeaseLoss.Draining);
        try
        {
            await runner.RunAsync(lease, scope);
        }
        finally
        {
            _held.TryRemove(lease, out _);
        }
    }

    private async Task DrainAsync()
    {
        if (_slots.Running == 0) return;
        LogDraining(logger, _slots.Running, options.Value.GraceSeconds);
        var idle = _slots.WaitForIdleAsync();
        await idle.WaitAsync(TimeSpan.FromSeconds(options.Value.GraceSeconds), time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var lease in _held.Keys) lease.Lose(LeaseLoss.Draining);
        await idle.WaitAsync(HandBack, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Working on {Queue}, {Least} to {Most} jobs at once")]
    private static partial void LogStarting(ILogger logger, string queue, int least, int most);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: {Count} jobs have {Grace} s to finish, the rest is handed back")]
    private static partial void LogDraining(ILogger logger, int count, double grace);

    [LoggerMessage(Level = LogLevel.Error, Message = "Entry {StreamId} is left to the sweeper")]
    private static partial void LogLeftToSweeper(ILogger logger, string streamId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Entry {StreamId} could not be claimed yet: {Reason}")]
    private static partial void LogClaimFailed(ILogger logger, string streamId, string reason);
}
