using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Orchestration;
using Ivg.Hosting.Processes;

namespace Ivg.Hosting.Projects;

/// <summary>Runs a program of this machine.</summary>
internal sealed class ExecutableLauncher(EnvironmentResolver environment, ServiceEnvironment serviceEnvironment) : IResourceLauncher
{
    public bool Handles(IResource resource) => resource is ExecutableResource;

    public Task PrepareAsync(IResource resource, CancellationToken cancellationToken)
    {
        var folder = ((ExecutableResource)resource).WorkingDirectory;
        return Directory.Exists(folder)
            ? Task.CompletedTask
            : throw new DistributedApplicationException($"The working directory of '{resource.Name}', {folder}, does not exist.");
    }

    public async Task<ProcessSpec?> CreateAsync(ResourceInstance instance, CancellationToken cancellationToken)
    {
        var resource = (ExecutableResource)instance.Resource;
        return new ProcessSpec
        {
            FileName = resource.Command,
            Arguments = await EnvironmentResolver.ArgumentsAsync(resource, cancellationToken),
            WorkingDirectory = resource.WorkingDirectory,
            Environment = await environment.VariablesAsync(resource, serviceEnvironment.For(instance), cancellationToken),
        };
    }
}
