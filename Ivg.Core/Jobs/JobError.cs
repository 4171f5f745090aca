namespace Ivg.Core.Jobs;

/// <summary>Why a job failed, in the contract's words.</summary>
/// <param name="Code">One of <see cref="JobErrorCodes"/>.</param>
/// <param name="Message">For people: what happened and what to do.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
public sealed record JobError(string Code, string Message, bool Retryable);
