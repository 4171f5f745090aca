using StackExchange.Redis;

namespace Ivg.Core.Jobs;

/// <summary>The Redis side of a queue: a stream with one consumer group. Entries carry ids and trace context only.</summary>
public sealed class JobStream(IConnectionMultiplexer? redis = null)
{
    internal const string Group = "workers";

    // Acknowledging frees the pending list, deleting frees the memory and keeps XLEN = waiting + running; both or neither.
    private const string CompleteScript = """
        for i = 2, #ARGV do redis.call('XACK', KEYS[1], ARGV[1], ARGV[i]) redis.call('XDEL', KEYS[1], ARGV[i]) end
        """;

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
        // In the job's own trace, whoever sends it: another job's end may have made room for it.
        using var activity = JobTelemetry.Publish(job);
        var id = await Database.StreamAddAsync(job.Queue,
        [
            .. JobTelemetry.Ids(job).Select(field => new NameValueEntry(field.Name, field.Value)),
            new("traceparent", activity?.Id ?? job.TraceParent ?? ""),
        ]);
        return id.ToString();
    }

    /// <summary>Has a blocked read of another connection return with what it has, which is nothing.</summary>
    public async Task UnblockAsync(long clientId) => await Database.ExecuteAsync("CLIENT", "UNBLOCK", clientId);

    /// <summary>Acknowledges and deletes entries.</summary>
    public Task CompleteAsync(string queue, params IEnumerable<string> streamIds) =>
        Database.ScriptEvaluateAsync(CompleteScript, [queue], [Group, .. streamIds.Select(id => (RedisValue)id)]);

    /// <summary>Whether the stream still has this entry.</summary>
    public async Task<bool> ContainsAsync(string queue, string streamId) =>
        (await Database.StreamRangeAsync(queue, streamId, streamId, count: 1)).Length > 0;

    /// <summary>The entries from <paramref name="from"/> on, at most up to <paramref name="to"/>, oldest first.</summary>
    internal async Task<IReadOnlyList<JobDelivery>> RangeAsync(string queue, string from, string to, int count) =>
        [.. (await Database.StreamRangeAsync(queue, from, to, count)).Select(Delivery)];

    /// <summary>These entries; one that is gone comes without a job.</summary>
    internal async Task<IReadOnlyList<JobDelivery>> FindAsync(string queue, IEnumerable<string> streamIds) =>
        await Task.WhenAll(streamIds.Select(async id => (await RangeAsync(queue, id, id, 1)) is [var entry] ? entry : new JobDelivery(id, null)));

    /// <summary>What a sweep needs of Redis beside this.</summary>
    internal JobStreamRepair Repair => new(Database);

    private static JobDelivery Delivery(StreamEntry entry) =>
        JobDelivery.Read(entry.Id.ToString(), name => entry[name]);
}
