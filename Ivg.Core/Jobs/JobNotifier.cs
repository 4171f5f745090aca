using StackExchange.Redis;

namespace Ivg.Core.Jobs;

/// <summary>Wakes whoever watches jobs, here and in other processes. Only a hint: who misses one finds the change in Postgres.</summary>
public sealed class JobNotifier(IConnectionMultiplexer? redis = null)
{
    private static readonly RedisChannel Changes = RedisChannel.Literal("ivg:jobs");
    private static readonly RedisChannel Cancels = RedisChannel.Literal("ivg:cancel");

    private event Action<Guid>? LocalChange;

    private event Action<Guid>? LocalCancel;

    /// <summary>A job has a new version.</summary>
    public void Changed(Guid jobId) => Send(Changes, jobId, LocalChange);

    /// <summary>A running job's cancel was asked for.</summary>
    public void CancelRequested(Guid jobId) => Send(Cancels, jobId, LocalCancel);

    /// <summary>Calls <paramref name="handler"/> for each change from now on.</summary>
    public Task OnChangedAsync(Action<Guid> handler)
    {
        LocalChange += handler;
        return ListenAsync(Changes, handler);
    }

    /// <summary>Calls <paramref name="handler"/> for each cancel from now on.</summary>
    public Task OnCancelRequestedAsync(Action<Guid> handler)
    {
        LocalCancel += handler;
        return ListenAsync(Cancels, handler);
    }

    private void Send(RedisChannel channel, Guid jobId, Action<Guid>? local)
    {
        if (redis is null) local?.Invoke(jobId);
        else redis.GetSubscriber().Publish(channel, jobId.ToString(), CommandFlags.FireAndForget);
    }

    private async Task ListenAsync(RedisChannel channel, Action<Guid> handler)
    {
        if (redis is null) return;
        await redis.GetSubscriber().SubscribeAsync(channel, (_, message) =>
        {
            if (Guid.TryParse(message.ToString(), out var jobId)) handler(jobId);
        });
    }
}
