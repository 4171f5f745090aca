using System.Collections.Concurrent;
using Ivg.Core.Jobs;
using Npgsql;

namespace Ivg.Api.Jobs;

/// <summary>Wakes the open streams of this process: by hint when one comes, and by one query over all of them every two seconds.</summary>
internal sealed partial class JobWatchers(JobNotifier notifier, JobQueries queries, TimeProvider time, ILogger<JobWatchers> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<JobWatcher, byte>> _watchers = new();

    /// <summary>Watches a job until disposed.</summary>
    public JobWatcher Watch(Guid jobId)
    {
        var watcher = new JobWatcher(this, jobId);
        while (true)
        {
            var of = _watchers.GetOrAdd(jobId, _ => new());
            of[watcher] = 0;
            // The set may have been removed as empty between the two steps.
            if (_watchers.TryGetValue(jobId, out var current) && ReferenceEquals(current, of)) return watcher;
        }
    }

    internal void Forget(JobWatcher watcher)
    {
        if (!_watchers.TryGetValue(watcher.JobId, out var of)) return;
        of.TryRemove(watcher, out _);
        if (of.IsEmpty) _watchers.TryRemove(new(watcher.JobId, of));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await notifier.OnChangedAsync(Wake);
        using var ticks = new PeriodicTimer(Tick, time);
        while (await ticks.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var ids in _watchers.Keys.Chunk(1000))
                {
                    foreach (var (jobId, version) in await queries.VersionsAsync(ids, stoppingToken)) WakeBehind(jobId, version);
                }
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                LogTickFailed(logger, e.Message);
            }
        }
    }

    private void Wake(Guid jobId) => WakeBehind(jobId, long.MaxValue);

    private void WakeBehind(Guid jobId, long version)
    {
        if (!_watchers.TryGetValue(jobId, out var of)) return;
        foreach (var watcher in of.Keys) watcher.WakeIfBehind(version);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Open streams could not be checked: {Reason}")]
    private static partial void LogTickFailed(ILogger logger, string reason);
}
