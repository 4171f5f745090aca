using StackExchange.Redis;

namespace Ivg.Core.Jobs;

/// <summary>The commands with which a sweep sets a stream right: entries and consumers of workers that are gone.</summary>
internal sealed class JobStreamRepair(IDatabase redis)
{
    // A sweep that dies in the middle leaves what it claimed to this name, and the next one claims it again.
    public const string Consumer = "sweeper";

    // In one step, for in between somebody could be given an entry: XGROUP DELCONSUMER destroys what is pending, and XDEL what is in somebody's hands.
    private const string ForgetScript = """
        if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) > 0 then return 0 end
        redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2]) return 1
        """;
    private const string RemoveUnheldScript = """
        for i = 2, #ARGV do
          if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1) == 0 then redis.call('XDEL', KEYS[1], ARGV[i]) end
        end
        """;

    /// <summary>Takes over entries that were delivered at least <paramref name="idle"/> ago and never acknowledged, whoever has them; and says where to go on.</summary>
    public async Task<(IReadOnlyList<string> Ids, string Next)> ClaimIdleAsync(string queue, TimeSpan idle, string from, int count)
    {
        var claimed = await redis.StreamAutoClaimIdsOnlyAsync(queue, JobStream.Group, Consumer, (long)idle.TotalMilliseconds, from, count);
        return ([.. claimed.ClaimedIds.Select(id => id.ToString())], claimed.NextStartId.ToString());
    }

    /// <summary>The last entry that was given to anybody.</summary>
    public async Task<string> LastDeliveredAsync(string queue) =>
        (await redis.StreamGroupInfoAsync(queue)).FirstOrDefault(group => group.Name == JobStream.Group).LastDeliveredId ?? "0-0";

    /// <summary>Which of these entries, delivered all of them, nobody holds any more.</summary>
    public async Task<IReadOnlyList<JobDelivery>> UnheldAsync(string queue, IReadOnlyList<JobDelivery> entries)
    {
        var holders = await Task.WhenAll(entries.Select(entry =>
            redis.StreamPendingMessagesAsync(queue, JobStream.Group, 1, RedisValue.Null, entry.StreamId, entry.StreamId)));
        return [.. entries.Where((_, index) => holders[index].Length == 0)];
    }

    /// <summary>Deletes those of these delivered entries that nobody holds.</summary>
    public Task RemoveUnheldAsync(string queue, IEnumerable<string> streamIds) =>
        redis.ScriptEvaluateAsync(RemoveUnheldScript, [queue], [JobStream.Group, .. streamIds.Select(id => (RedisValue)id)]);

    /// <summary>Removes consumers that have not asked for so long and hold nothing. One that lives after all is there again with its next read.</summary>
    public async Task ForgetConsumersAsync(string queue, TimeSpan idle)
    {
        foreach (var consumer in await redis.StreamConsumerInfoAsync(queue, JobStream.Group))
        {
            if (consumer.PendingMessageCount == 0 && consumer.IdleTimeInMilliseconds >= idle.TotalMilliseconds)
                await redis.ScriptEvaluateAsync(ForgetScript, [queue], [JobStream.Group, consumer.Name]);
        }
    }
}
