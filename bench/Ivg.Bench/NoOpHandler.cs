using Ivg.Core.Jobs;

namespace Ivg.Bench;

/// <summary>Does nothing, so that what is measured is the engine.</summary>
internal sealed class NoOpHandler : IJobHandler
{
    public JobKind Kind => JobKind.Variation;

    public Task<JobOutput> HandleAsync(JobContext job, CancellationToken cancellationToken) => Task.FromResult(new JobOutput([], "none", "none"));
}
