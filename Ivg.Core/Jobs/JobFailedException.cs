namespace Ivg.Core.Jobs;

/// <summary>Thrown by a handler to end its attempt with a named error.</summary>
public sealed class JobFailedException(JobError error, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(error.Message, inner)
{
    /// <summary>Why; <see cref="JobError.IsTriedAgain"/> says whether another attempt follows while they last.</summary>
    public JobError Error { get; } = error;

    /// <summary>The least wait before the next attempt, when somebody named one.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
