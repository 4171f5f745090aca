using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Orchestration;

/// <summary>Turns the model's callbacks into the variables and arguments of one process.</summary>
internal sealed class EnvironmentResolver(DistributedApplicationExecutionContext executionContext)
{
    /// <param name="defaults">What the kind of resource sets by itself; the model's own settings win.</param>
    public async Task<Dictionary<string, string?>> VariablesAsync(
        IResource resource, IReadOnlyDictionary<string, string?> defaults, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, cancellationToken: cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
            await annotation.Callback(context);

        var variables = new Dictionary<string, string?>(defaults);
        foreach (var (name, value) in context.EnvironmentVariables)
            if (await ResolveAsync(value, cancellationToken) is { } resolved)
                variables[name] = resolved;

        return variables;
    }

    public static async Task<IReadOnlyList<string>> ArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext([], cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
            await annotation.Callback(context);

        var arguments = new List<string>();
        foreach (var argument in context.Args)
            if (await ResolveAsync(argument, cancellationToken) is { } resolved)
                arguments.Add(resolved);

        return arguments;
    }

    private static async ValueTask<string?> ResolveAsync(object value, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(cancellationToken),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(cancellationToken),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}
