using System.Diagnostics.Metrics;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using StackExchange.Redis;

namespace Ivg.Core.Queues;

/// <summary>Samples the queues and Redis for the meters, since a gauge's callback must not wait for a server.</summary>
internal sealed partial class QueueGauges : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly QueueMonitor _monitor;
    private readonly IConnectionMultiplexer? _redis;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Meter _meter = new("Ivg.Queues");
    private IReadOnlyList<QueueState> _queues = [];
    private long? _redisMemory;

    public QueueGauges(QueueMonitor monitor, TimeProvider time, ILogger<QueueGauges> logger, IConnectionMultiplexer? redis = null)
    {
        (_monitor, _time, _logger, _redis) = (monitor, time, logger, redis);
        _meter.CreateObservableGauge("ivg.jobs.outstanding", () => _queues.SelectMany(Outstanding), "{job}", "Jobs that are queued or running.");
        _meter.CreateObservableGauge("ivg.jobs.oldest_queued_age", () => _queues.Select(queue => new Measurement<double>(queue.OldestAgeS ?? 0, Tag(queue))),
            "s", "Since the oldest queued job was submitted; 0 when none is queued.");
        _meter.CreateObservableGauge("ivg.redis.memory", () => _redisMemory is { } bytes ? [new Measurement<long>(bytes)] : Array.Empty<Measurement<long>>(),
            "By", "What Redis uses.");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(Period, _time);
        do
        {
            try
            {
                _queues = await _monitor.ReadAllAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                // No figure is better than an old one.
                _queues = [];
                LogFailed(_logger, e.Message);
            }
            _redisMemory = await ReadRedisAsync();
        }
        while (await ticks.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<long?> ReadRedisAsync()
    {
        try
        {
            if (_redis is null) return null;
            // Not INFO, which the library keeps for connections with admin rights.
            var stats = (await _redis.GetDatabase().ExecuteAsync("MEMORY", "STATS")).ToDictionary();
            return stats.TryGetValue("total.allocated", out var bytes) ? (long)bytes : null;
        }
        catch (Exception e) when (RedisFault.Is(e))
        {
            return null;
        }
    }

    private static IEnumerable<Measurement<long>> Outstanding(QueueState queue) =>
        [new(queue.Depth, Tag(queue), new("status", "queued")), new(queue.Running, Tag(queue), new("status", "running"))];

    private static KeyValuePair<string, object?> Tag(QueueState queue) => new("queue", queue.Queue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queues could not be measured: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
