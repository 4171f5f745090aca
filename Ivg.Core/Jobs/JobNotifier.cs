using StackExchange.Redis;

namespace Ivg.Core.Jobs;

/// <summary>Wakes whoever watches jobs, here and in other processes. Only a hint: who misses one finds the change in Postgres.</summary>
public sealed class JobNotifier(IConnectionMultiplexer? redis = null)
{
    private static readonly RedisChannel Changes = RedisChannel.Literal("ivg:jobs");
    private static readonly RedisChannel Cancels = RedisChannel.Literal("ivg:cancel");

    private event Action<Guid, string>? LocalChange;

    private event Action<Guid>? LocalCancel;

    /// <summary>A job has a new version.</summary>
    public void Changed(Job job) => Changed(job.JobId, job.SessionId);

    /// <summary>A job has a new version, or is gone.</summary>
    public void Changed(Guid jobId, string sessionId)
    {
        if (redis is null) LocalChange?.Invoke(jobId, sessionId);
        else Publish(Changes, $"{jobId} {sessionId}");
    }

    /// <summary>A running job's cancel was asked for.</summary>
    public void CancelRequested(Guid jobId)
    {
        if (redis is null) LocalCancel?.Invoke(jobId);
        else Publish(Cancels, jobId.ToString());
    }

    /// <summary>Calls <paramref name="handler"/> with the job and its session for each change from now on.</summary>
    public Task OnChangedAsync(Action<Guid, string> handler)
    {
        if (redis is null) LocalChange += handler;
        return ListenAsync(Changes, message =>
        {
            if (message.Split(' ', 2) is [var id, var sessionId] && Guid.TryParse(id, out var jobId)) handler(jobId, sessionId);
        });
    }

    /// <summary>Calls <paramref name="handler"/> for each cancel from now on.</summary>
    public Task OnCancelRequestedAsync(Action<Guid> handler)
    {
        if (redis is null) LocalCancel += handler;
        return ListenAsync(Cancels, message =>
        {
            if (Guid.TryParse(message, out var jobId)) handler(jobId);
        });
    }

    private void Publish(RedisChannel channel, string message) => redis!.GetSubscriber().Publish(channel, message, CommandFlags.FireAndForget);

    private async Task ListenAsync(RedisChannel channel, Action<string> handler)
    {
        if (redis is null) return;
        try
        {
            await redis.GetSubscriber().SubscribeAsync(channel, (_, message) => handler(message.ToString()));
        }
        catch (Exception e) when (RedisFault.Is(e))
        {
            // Redis is away. The client has noted the wish and fulfils it when Redis is there; asking again would double it.
        }
    }
}
