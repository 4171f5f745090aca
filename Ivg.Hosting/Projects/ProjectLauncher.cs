using System.Runtime.InteropServices;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Orchestration;
using Ivg.Hosting.Processes;

namespace Ivg.Hosting.Projects;

/// <summary>Runs a project's build output in the project's folder.</summary>
internal sealed class ProjectLauncher(EnvironmentResolver environment, ServiceEnvironment serviceEnvironment) : IResourceLauncher
{
    public bool Handles(IResource resource) => resource is ProjectResource;

    public Task PrepareAsync(IResource resource, CancellationToken cancellationToken)
        => File.Exists(TargetPath(resource))
            ? Task.CompletedTask
            : throw new DistributedApplicationException($"'{resource.Name}' is not built: {TargetPath(resource)} is missing. Build the AppHost, which builds the projects it names.");

    public async Task<ProcessSpec?> CreateAsync(ResourceInstance instance, CancellationToken cancellationToken)
    {
        var resource = instance.Resource;
        return new ProcessSpec
        {
            FileName = DotnetHost(),
            Arguments = ["exec", TargetPath(resource), .. await EnvironmentResolver.ArgumentsAsync(resource, cancellationToken)],
            WorkingDirectory = Path.GetDirectoryName(Metadata(resource).ProjectPath)!,
            Environment = await environment.VariablesAsync(resource, serviceEnvironment.For(instance), cancellationToken),
        };
    }

    private static IProjectMetadata Metadata(IResource resource) => resource.Annotations.OfType<IProjectMetadata>().Last();

    private static string TargetPath(IResource resource) => Metadata(resource) is IBuiltProject built
        ? built.TargetPath
        : throw new DistributedApplicationException($"The build left no output path for '{resource.Name}'. Import Ivg.Hosting.targets in the AppHost's project.");

    // The runtime that runs us is <root>/shared/Microsoft.NETCore.App/<version>; its root has the program that starts others.
    private static string DotnetHost()
        => Path.Combine(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")), OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
}
