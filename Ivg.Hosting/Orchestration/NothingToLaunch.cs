using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Processes;

namespace Ivg.Hosting.Orchestration;

/// <summary>A resource that something else runs: only its health is watched.</summary>
internal sealed class NothingToLaunch : IResourceLauncher
{
    public bool Handles(IResource resource) => true;

    public Task PrepareAsync(IResource resource, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ProcessSpec?> CreateAsync(ResourceInstance instance, CancellationToken cancellationToken) => Task.FromResult<ProcessSpec?>(null);
}
