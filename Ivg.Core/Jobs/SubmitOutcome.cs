namespace Ivg.Core.Jobs;

/// <summary>What came of a submit.</summary>
public enum SubmitOutcome
{
    /// <summary>A new job.</summary>
    Created,

    /// <summary>The idempotency key had been used for the same request: its job.</summary>
    Repeated,

    /// <summary>The idempotency key had been used for another request.</summary>
    Mismatch,

    /// <summary>The session has as many jobs waiting as it may.</summary>
    QueueFull,

    /// <summary>The session's tenant has as many jobs waiting as it may.</summary>
    TenantFull,
}
