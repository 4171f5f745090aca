using System.Diagnostics;
using StackExchange.Redis;

namespace Ivg.Core.Jobs;

/// <summary>The Redis side of a queue: a stream with one consumer group. Entries carry ids and trace context only.</summary>
public sealed class JobStream(IConnectionMultiplexer? redis = null)
{
    internal const string Group = "workers";

    // Acknowledging frees the pending list, deleting frees the memory and keeps XLEN = waiting + running; both or neither.
    private const string CompleteScript = "redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) return redis.call('XDEL', KEYS[1], ARGV[2])";

    /// <summary>Whether there is a Redis at all; in the synchronous mode there is none.</summary>
    public bool IsConfigured => redis is not null;

    // Without Redis every call fails as it does when Redis is down, and the rows wait.
    private IDatabase Database => redis?.GetDatabase()
        ?? throw new RedisException("No Redis is configured.");

    /// <summary>Makes stream and group where they are missing; from the beginning, so that nothing sent before is skipped.</summary>
    public async Task EnsureGroupAsync(string queue)
    {
        try
        {
            await Database.StreamCreateConsumerGroupAsync(queue, Group, StreamPosition.Beginning, createStream: true);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
        }
    }

    /// <summary>Adds an entry for a job and returns its id.</summary>
    public async Task<string> AddAsync(Job job)
    {
        var id = await Database.StreamAddAsync(job.Queue,
        [
            new("job_id", job.JobId.ToString()),
            new("request_id", job.RequestId),
            new("traceparent", job.TraceParent ?? Activity.Current?.Id ?? ""),
        ]);
        return id.ToString();
    }

    /// <summary>Acknowledges and deletes an entry.</summary>
    public Task CompleteAsync(string queue, string streamId) =>
        Database.ScriptEvaluateAsync(CompleteScript, [queue], [Group, streamId]);

    /// <summary>Which of these entries the stream still has.</summary>
    public async Task<bool> ContainsAsync(string queue, string streamId) =>
        (await Database.StreamRangeAsync(queue, streamId, streamId, count: 1)).Length > 0;

    /// <summary>Entries that were delivered at least <paramref name="idle"/> ago and never acknowledged: of workers that died in between.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(string queue, TimeSpan idle, int count)
    {
        var pending = await Database.ExecuteAsync("XPENDING", queue, Group, "IDLE", (long)idle.TotalMilliseconds, "-", "+", count);
        return [.. ((RedisResult[])pending!).Select(entry => ((RedisResult[])entry!)[0].ToString())];
    }

    /// <summary>The job that an entry speaks of; null when the entry is gone or not ours.</summary>
    public async Task<Guid?> FindJobAsync(string queue, string streamId)
    {
        var entries = await Database.StreamRangeAsync(queue, streamId, streamId, count: 1);
        return entries.Length == 1 && Guid.TryParse(entries[0]["job_id"].ToString(), out var jobId) ? jobId : null;
    }
}
