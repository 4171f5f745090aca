namespace Ivg.Core.Generation;

/// <summary>What a variation job was asked for: its payload.</summary>
public sealed record VariationRequest
{
    /// <summary>The source, an asset of the session; null when <see cref="SourceStyleId"/> is set.</summary>
    public Guid? ImageId { get; init; }

    /// <summary>A style whose reference image is the source.</summary>
    public string? SourceStyleId { get; init; }

    /// <summary>The style to take.</summary>
    public string? StyleId { get; init; }

    /// <summary>The caller's wish, up to 2,000 characters.</summary>
    public string? Prompt { get; init; }

    /// <summary>How many pictures, 1 to 4.</summary>
    public int Count { get; init; } = 1;

    /// <summary><c>auto</c> or one of <see cref="AspectRatios.Known"/>.</summary>
    public string AspectRatio { get; init; } = "auto";

    /// <summary>Whether speed counts more than quality; null for <c>FAST_MODE</c>.</summary>
    public bool? Fast { get; init; }

    /// <summary>Fixed by the caller, or null for a fresh one.</summary>
    public int? Seed { get; init; }
}
