using Ivg.Core.Jobs;
using Npgsql;

namespace Ivg.Api.Jobs;

/// <summary>Wakes the open streams of this process: by hint when one comes, and by a few queries over all of them every two seconds.</summary>
internal sealed partial class JobWatchers(
    JobNotifier notifier, JobQueries queries, SessionEvents sessionEvents, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<JobWatchers> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Reminder = TimeSpan.FromSeconds(1);

    // Early enough for the 15 that are promised: the reminder comes once a second.
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(13.5);

    // Some gateways cut at 240 s; a stream that ends by itself before that loses nothing.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(225);
    private const int Chunk = 1000;

    private readonly WatcherSet<Guid> _jobs = new();
    private readonly WatcherSet<string> _sessions = new();

    /// <summary>Watches a job until disposed; it is over when the reader leaves, after 225 s, or when the process stops.</summary>
    public Watcher Watch(Guid jobId, CancellationToken readerLeft) => Watch(_jobs, jobId, readerLeft);

    /// <summary>Watches all of a session's jobs, as long.</summary>
    public Watcher WatchSession(string sessionId, CancellationToken readerLeft) => Watch(_sessions, sessionId, readerLeft);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Readers do not hold up a stop: they come back to another instance and miss nothing.
        await using var stopping = lifetime.ApplicationStopping.Register(EndAll);
        await notifier.OnChangedAsync(Wake);
        // Apart, for a database that hangs must not keep the signs of life.
        await Task.WhenAll(CheckAllAsync(stoppingToken), RemindAllAsync(stoppingToken));
    }

    private async Task CheckAllAsync(CancellationToken stopping)
    {
        using var ticks = new PeriodicTimer(Tick, time);
        while (await ticks.WaitForNextTickAsync(stopping))
        {
            try
            {
                await CheckAsync(stopping);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                LogTickFailed(logger, e.Message);
            }
        }
    }

    private async Task RemindAllAsync(CancellationToken stopping)
    {
        using var ticks = new PeriodicTimer(Reminder, time);
        while (await ticks.WaitForNextTickAsync(stopping))
        {
            foreach (var watcher in All) Remind(watcher);
        }
    }

    private IEnumerable<Watcher> All => _jobs.All.Concat(_sessions.All);

    private Watcher Watch<TKey>(WatcherSet<TKey> set, TKey key, CancellationToken readerLeft) where TKey : notnull
    {
        var watcher = set.Watch(key, time.GetTimestamp());
        readerLeft.UnsafeRegister(static watcher => ((Watcher)watcher!).Wake(Jobs.Wake.Over), watcher);
        if (lifetime.ApplicationStopping.IsCancellationRequested) watcher.Wake(Jobs.Wake.Over);
        return watcher;
    }

    private void EndAll()
    {
        foreach (var watcher in All) watcher.Wake(Jobs.Wake.Over);
    }

    private void Remind(Watcher watcher)
    {
        if (time.GetElapsedTime(watcher.Started) >= Longest) watcher.Wake(Jobs.Wake.Over);
        else if (time.GetElapsedTime(watcher.WaitingSince) >= Ping) watcher.Wake(Jobs.Wake.Quiet);
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var ids in _jobs.Keys.Chunk(Chunk))
        {
            var versions = await queries.VersionsAsync(ids, cancellationToken);
            // One without a row was erased.
            foreach (var jobId in ids) _jobs.Wake(jobId, versions.GetValueOrDefault(jobId, long.MaxValue));
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
