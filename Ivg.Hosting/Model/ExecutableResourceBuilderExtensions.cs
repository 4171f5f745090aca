using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Programs of this machine in the model.</summary>
public static class ExecutableResourceBuilderExtensions
{
    /// <param name="workingDirectory">Absolute, or relative to the AppHost's folder.</param>
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder, string name, string command, string workingDirectory, params string[]? args)
        => builder.AddExecutable(name, command, workingDirectory, args?.Cast<object>().ToArray());

    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder, string name, string command, string workingDirectory, params object[]? args)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var folder = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, workingDirectory));
        return builder.AddResource(new ExecutableResource(name, command, folder)).WithArgs(args ?? []);
    }
}
