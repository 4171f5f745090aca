using Ivg.Core.Images;

namespace Ivg.Core.Jobs;

/// <summary>What it takes to make a job.</summary>
public sealed record JobSubmission
{
    public required string SessionId { get; init; }

    /// <summary>The platform's tenant, if any.</summary>
    public string? TenantId { get; init; }

    public required JobKind Kind { get; init; }
    public required string RequestId { get; init; }

    /// <summary>The kind's request record; <see cref="Upload"/>'s id is already in it.</summary>
    public required object Payload { get; init; }

    /// <summary>An upload to be stored in the same transaction, if the source is a new one.</summary>
    public SourceUpload? Upload { get; init; }

    /// <summary>Where the finished job is posted to, if anywhere; checked already.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>The caller's key, if any.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>SHA-256 of everything that was asked; two submits of one key must agree in it.</summary>
    public byte[]? RequestHash { get; init; }
}
