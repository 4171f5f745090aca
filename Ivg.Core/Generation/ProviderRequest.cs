using Ivg.Core.Styles;

namespace Ivg.Core.Generation;

/// <summary>One image asked of a provider.</summary>
public sealed record ProviderRequest
{
    /// <summary>The pictures in the order the prompt names them: the source first, then the style reference if any.</summary>
    public required IReadOnlyList<RoleImage> Images { get; init; }

    /// <summary>What to do, in words.</summary>
    public required Prompt Prompt { get; init; }

    /// <summary>Width to height, such as <c>3:2</c>, never <c>auto</c>.</summary>
    public required string AspectRatio { get; init; }

    /// <summary>The style to take, if one was chosen.</summary>
    public Style? Style { get; init; }

    /// <summary>Whether speed counts more than quality.</summary>
    public bool Fast { get; init; }

    /// <summary>Makes siblings differ; the same seed gives the same picture where the provider can.</summary>
    public int Seed { get; init; }

    /// <summary>How often this image was asked for already: counts against the provider's own retries.</summary>
    public int Asks { get; init; }

    /// <summary>The caller's request id, passed on for correlation.</summary>
    public string? RequestId { get; init; }
}
