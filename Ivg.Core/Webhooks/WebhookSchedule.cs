namespace Ivg.Core.Webhooks;

/// <summary>When a webhook that was not taken is tried again.</summary>
internal static class WebhookSchedule
{
    /// <summary>How long after the job's end it is tried.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromHours(24);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(4);
    private static readonly TimeSpan LongestAskedFor = TimeSpan.FromHours(1);

    /// <summary>The next time; null when it is not to be tried again.</summary>
    /// <param name="answer">The try that just ended.</param>
    /// <param name="tries">How many there were, this one included.</param>
    /// <param name="firstWait">The wait after the first try, in seconds.</param>
    /// <param name="finishedAt">The job's end.</param>
    /// <param name="now">The present time.</param>
    public static DateTimeOffset? Next(WebhookAnswer answer, int tries, double firstWait, DateTimeOffset finishedAt, DateTimeOffset now)
    {
        if (answer.Delivered || answer.Unwanted) return null;
        var wait = Math.Min(Longest.TotalSeconds, firstWait * Math.Pow(3, Math.Min(tries - 1, 20)));
#pragma warning disable CA5394 // Random is an insecure random number generator: jitter guards no secret.
        var next = now + TimeSpan.FromSeconds(wait * (0.5 + Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
        if (answer.RetryAfter is { } asked && now + asked > next) next = now + (asked < LongestAskedFor ? asked : LongestAskedFor);
        return next <= finishedAt + Span ? next : null;
    }
}
