namespace Ivg.Core.Jobs;

/// <summary>How long to wait before the next attempt: exponential with full jitter.</summary>
internal static class Backoff
{
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(5);

    /// <summary>A uniform share of <c>min(cap, base * 2^(attempt - 1))</c>, on top of what was asked for, if anything.</summary>
    /// <param name="attempt">The attempt that failed, 1 for the first.</param>
    /// <param name="baseSeconds">The first ceiling.</param>
    /// <param name="asked">The least wait that the other side named; believed up to five minutes.</param>
    public static TimeSpan Delay(int attempt, double baseSeconds, TimeSpan? asked)
    {
        var ceiling = Math.Min(Cap.TotalSeconds, baseSeconds * Math.Pow(2, attempt - 1));
#pragma warning disable CA5394 // Random is an insecure random number generator: jitter guards no secret.
        var jitter = TimeSpan.FromSeconds(ceiling * Random.Shared.NextDouble());
#pragma warning restore CA5394
        var least = asked is { } wait ? TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LongestAsked.Ticks)) : TimeSpan.Zero;
        return least + jitter;
    }
}
