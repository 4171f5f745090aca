using Ivg.Core.Generation.Layout;
using Ivg.Core.Jobs;

namespace Ivg.Core.Generation.Gemini;

/// <summary>What one exchange came to: a picture, or a failure and how often asking again may help.</summary>
internal sealed record GeminiVerdict
{
    public ProducedImage? Image { get; init; }

    public Preview? Preview { get; init; }

    public JobError? Failure { get; init; }

    /// <summary>How often the image was asked for in all.</summary>
    public int Asks { get; init; }

    /// <summary>The number of the last try that this reason allows; each is billed.</summary>
    public int LastTry { get; init; }

    /// <summary>What was sent the last time.</summary>
    public ProviderRequest? Sent { get; init; }

    public GeminiRemedy Remedy { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether another model might answer where this one did not.</summary>
    public bool ModelAtFault { get; init; }

    /// <summary>Google's word for how it ended, for the log; never shown to callers.</summary>
    public string Reason { get; init; } = "";

    public string? ModelVersion { get; init; }

    public string? ResponseId { get; init; }

    public int? InputTokens { get; init; }

    public int? OutputTokens { get; init; }

    public static GeminiVerdict Failed(string reason, string code, string message, bool retryable, int lastTry = 0, GeminiRemedy remedy = GeminiRemedy.Reseed) =>
        new() { Failure = new JobError(code, message, retryable), Reason = reason, LastTry = lastTry, Remedy = remedy };
}
