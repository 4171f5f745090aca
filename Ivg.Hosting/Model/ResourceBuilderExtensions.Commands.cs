using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Offers a command on the resource's place on the dashboard. A second one of its name takes the place of the first.</summary>
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder,
        string name,
        string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions? commandOptions = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(executeCommand);
        var annotations = builder.Resource.Annotations;
        foreach (var earlier in annotations.OfType<ResourceCommandAnnotation>().Where(command => command.Name == name).ToArray())
            annotations.Remove(earlier);
        return builder.WithAnnotation(new ResourceCommandAnnotation(name, displayName, executeCommand, commandOptions ?? new CommandOptions()));
    }

    /// <summary>Offers a command that is an HTTP request to the resource, POST unless the options say otherwise.</summary>
    /// <param name="endpointName">The first HTTP endpoint unless said otherwise.</param>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder,
        string path,
        string displayName,
        string? endpointName = null,
        string? commandName = null,
        HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var resource = builder.Resource;
        return builder.WithHttpCommand(path, displayName, () => FindHttpEndpoint(resource, endpointName), commandName, commandOptions);
    }

    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder,
        string path,
        string displayName,
        Func<EndpointReference>? endpointSelector,
        string? commandName = null,
        HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var resource = builder.Resource;
        var options = commandOptions ?? new HttpCommandOptions();
        var endpoint = endpointSelector ?? options.EndpointSelector ?? (() => FindHttpEndpoint(resource, null));
        builder.ApplicationBuilder.Services.AddHttpClient();
        var name = commandName ?? $"{resource.Name}-http-{(options.Method ?? HttpMethod.Post).Method.ToLowerInvariant()}-{path}";
        return builder.WithCommand(name, displayName, context => new HttpCommand(endpoint(), path, options).ExecuteAsync(context), options);
    }
}
