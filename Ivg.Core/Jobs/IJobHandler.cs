namespace Ivg.Core.Jobs;

/// <summary>Does the work of one job kind, in a worker or, in the synchronous mode, in the request.</summary>
public interface IJobHandler
{
    /// <summary>The kind this handler does; each kind has exactly one.</summary>
    JobKind Kind { get; }

    /// <summary>Does one attempt.</summary>
    /// <exception cref="JobFailedException">The attempt failed for a named reason.</exception>
    Task<JobOutput> HandleAsync(JobContext job, CancellationToken cancellationToken);
}
