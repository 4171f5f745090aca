using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Processes;

namespace Ivg.Hosting.Orchestration;

/// <summary>Knows how one kind of resource becomes a process.</summary>
internal interface IResourceLauncher
{
    bool Handles(IResource resource);

    /// <summary>Checks, before anything starts, that the resource can run; installs what is missing where that is allowed.</summary>
    /// <exception cref="Aspire.Hosting.DistributedApplicationException">It cannot; the message has the remedy.</exception>
    Task PrepareAsync(IResource resource, CancellationToken cancellationToken);

    /// <summary>The process to start, or null for a resource that has none of its own.</summary>
    Task<ProcessSpec?> CreateAsync(ResourceInstance instance, CancellationToken cancellationToken);
}
