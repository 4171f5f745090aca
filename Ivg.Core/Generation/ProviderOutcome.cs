using Ivg.Core.Generation.Layout;
using Ivg.Core.Jobs;

namespace Ivg.Core.Generation;

/// <summary>What came of one request: exactly one of <see cref="Image"/> and <see cref="Failure"/>.</summary>
public sealed record ProviderOutcome
{
    /// <summary>The picture.</summary>
    public ProducedImage? Image { get; init; }

    /// <summary>A small copy of it, made while it was decoded; null leaves that to whoever looks at the result.</summary>
    internal Preview? Preview { get; init; }

    /// <summary>The request as it went out the last time, where a provider changes seed or words for another try; null for the one it was given.</summary>
    public ProviderRequest? Sent { get; init; }

    /// <summary>How often the provider was asked for it in all, <see cref="ProviderRequest.Asks"/> included.</summary>
    public int Asks { get; init; } = 1;

    /// <summary>Why there is none.</summary>
    public JobError? Failure { get; init; }

    /// <summary>How long the provider asks to be left alone before another try.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How long the provider took, its own retries included; of an image asked for again, both times together.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>How the picture came to be, as its own file will say.</summary>
    public ImageOrigin Origin { get; init; }

    /// <summary>The model that was asked for.</summary>
    public required string Model { get; init; }

    /// <summary>The model that answered, by its own word.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>The provider's id of its answer.</summary>
    public string? ProviderRequestId { get; init; }

    /// <summary>Tokens in, as the provider counts them.</summary>
    public int? InputTokens { get; init; }

    /// <summary>Tokens out, as the provider counts them.</summary>
    public int? OutputTokens { get; init; }
}
