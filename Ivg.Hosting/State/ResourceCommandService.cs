using Ivg.Hosting.Orchestration;
using Ivg.Hosting.State;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Starts, stops and restarts resources while the application runs, and carries out the commands that the model gave them.</summary>
public class ResourceCommandService
{
    private const string LegacyPrefix = "resource-";
    private readonly InstanceRegistry _instances;
    private readonly ResourceLoggerService _consoles;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(InstanceRegistry instances, ResourceLoggerService consoles, IServiceProvider services)
        => (_instances, _consoles, _services) = (instances, consoles, services);

    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return ExecuteCommandAsync(resource.Name, commandName, cancellationToken);
    }

    /// <param name="resourceId">One replica by its id, or every replica by the resource's name.</param>
    /// <param name="commandName">One of <see cref="KnownResourceCommands"/>, with or without the older prefix <c>resource-</c>, or of the resource's own.</param>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commandName);
        var targets = _instances.Find(resourceId);
        if (targets.Count == 0)
            return CommandResults.Failure($"Resource '{resourceId}' not found.");

        var own = targets[0].Instance.Resource.Annotations.OfType<ResourceCommandAnnotation>().FirstOrDefault(c => c.Name == commandName);
        if (own is not null)
        {
            var results = await Task.WhenAll(targets.Select(target => ExecuteAsync(own, target.Instance.Id, cancellationToken)));
            return Array.Find(results, result => !result.Success) ?? results[0];
        }

        var command = commandName.StartsWith(LegacyPrefix, StringComparison.Ordinal) ? commandName[LegacyPrefix.Length..] : commandName;
        Func<InstanceSupervisor, Task>? action = command switch
        {
            "start" => instance => instance.StartAsync(cancellationToken),
            "stop" => instance => instance.StopAsync(cancellationToken),
            "restart" => instance => instance.RestartAsync(cancellationToken),
            _ => null,
        };
        if (action is null)
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{resourceId}'.");

        await Task.WhenAll(targets.Select(action));
        return CommandResults.Success();
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(ResourceCommandAnnotation command, string resourceId, CancellationToken cancellationToken)
    {
        try
        {
            return await command.ExecuteCommand(new ExecuteCommandContext
            {
                ServiceProvider = _services, ResourceName = resourceId, CancellationToken = cancellationToken,
                Logger = new ResourceConsoleLogger(_consoles.Console(resourceId)),
            });
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            // The code is the AppHost's: whatever it throws is the command's outcome.
            return CommandResults.Failure(ex);
        }
    }
}
