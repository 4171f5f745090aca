namespace Ivg.Core.Images;

/// <summary>A stored image without its bytes.</summary>
public sealed record Asset
{
    public required Guid ImageId { get; init; }

    /// <summary>Who owns it.</summary>
    public required string SessionId { get; init; }

    public required string MimeType { get; init; }

    /// <summary>Pixels, upright.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels, upright.</summary>
    public required int Height { get; init; }

    /// <summary>Size of the file.</summary>
    public required int Bytes { get; init; }

    /// <summary>SHA-256 of the file: its ETag.</summary>
    public required byte[] Sha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When retention removed the bytes; null while they are here.</summary>
    public DateTimeOffset? ExpiredAt { get; init; }
}
