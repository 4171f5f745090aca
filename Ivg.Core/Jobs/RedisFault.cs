using StackExchange.Redis;

namespace Ivg.Core.Jobs;

/// <summary>What Redis's client throws when Redis is away, hangs, or refuses.</summary>
public static class RedisFault
{
    /// <summary>Whether it is Redis's fault, and will pass: the rows wait meanwhile.</summary>
    // What the client refuses by itself, such as a command that is meant for a primary, is no RedisException.
    public static bool Is(Exception exception) => exception is RedisException or RedisCommandException or TimeoutException;
}
