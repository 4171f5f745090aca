using Ivg.Core.Jobs;
using Npgsql;
using StackExchange.Redis;

namespace Ivg.Api.Jobs;

/// <summary>Wakes the open streams of this process: by hint when one comes, and by a few queries over all of them every two seconds.</summary>
internal sealed partial class JobWatchers(
    JobNotifier notifier, JobQueries queries, SessionEvents sessionEvents, TimeProvider time, ILogger<JobWatchers> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);
    private const int Chunk = 1000;

    private readonly WatcherSet<Guid> _jobs = new();
    private readonly WatcherSet<string> _sessions = new();

    /// <summary>Watches a job until disposed.</summary>
    public Watcher Watch(Guid jobId) => _jobs.Watch(jobId);

    /// <summary>Watches all of a session's jobs until disposed.</summary>
    public Watcher WatchSession(string sessionId) => _sessions.Watch(sessionId);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(Tick, time);
        var listening = false;
        do
        {
            try
            {
                if (!listening) await notifier.OnChangedAsync(Wake);
                listening = true;
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                // The ticks alone keep every stream going until Redis is there.
                LogTickFailed(logger, e.Message);
            }
            try
            {
                await CheckAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                LogTickFailed(logger, e.Message);
            }
        }
        while (await ticks.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var ids in _jobs.Keys.Chunk(Chunk))
        {
            foreach (var (jobId, version) in await queries.VersionsAsync(ids, cancellationToken)) _jobs.Wake(jobId, version);
        }
        foreach (var ids in _sessions.Keys.Chunk(Chunk))
        {
            foreach (var (sessionId, eventId) in await sessionEvents.NewestAsync(ids, cancellationToken)) _sessions.Wake(sessionId, eventId);
        }
    }

    private void Wake(Guid jobId, string sessionId)
    {
        _jobs.Wake(jobId);
        _sessions.Wake(sessionId);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Open streams could not be checked: {Reason}")]
    private static partial void LogTickFailed(ILogger logger, string reason);
}
