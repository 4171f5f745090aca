namespace Ivg.Core.BackgroundRemoval;

/// <summary>What a background removal job was asked for: its payload.</summary>
public sealed record BackgroundRemovalRequest
{
    /// <summary>The source, an asset of the session.</summary>
    public Guid ImageId { get; init; }

    /// <summary>A model of the catalogue; null for <c>BG_MODEL</c>.</summary>
    public string? Model { get; init; }

    /// <summary><c>png</c> or <c>webp</c>.</summary>
    public string Format { get; init; } = "png";

    /// <summary><c>refined</c>: foreground colours are estimated where alpha is partial; <c>raw</c>: colours as they were.</summary>
    public string Edges { get; init; } = "refined";

    /// <summary><c>cutout</c> or <c>mask</c>.</summary>
    public string Output { get; init; } = "cutout";

    /// <summary>Trim to the subject.</summary>
    public bool Crop { get; init; }

    /// <summary>A colour to flatten onto, <c>#rrggbb</c>; null keeps transparency.</summary>
    public string? Background { get; init; }
}
