using System.Text.Json.Serialization;

namespace Ivg.Core.Jobs;

/// <summary>Why a job failed, in the contract's words.</summary>
/// <param name="Code">One of <see cref="JobErrorCodes"/>.</param>
/// <param name="Message">For people: what happened and what to do.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
public sealed record JobError(string Code, string Message, bool Retryable)
{
    /// <summary>Whether the job itself tries again. After a timeout only its caller may: the service may have done the work and charge for it each time.</summary>
    [JsonIgnore]
    public bool IsTriedAgain => Retryable && Code != JobErrorCodes.ProviderTimeout;
}
