using Ivg.Hosting.Orchestration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Starts, stops and restarts resources while the application runs.</summary>
public class ResourceCommandService
{
    private const string LegacyPrefix = "resource-";
    private readonly InstanceRegistry _instances;

    internal ResourceCommandService(InstanceRegistry instances) => _instances = instances;

    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return ExecuteCommandAsync(resource.Name, commandName, cancellationToken);
    }

    /// <param name="resourceId">One replica by its id, or every replica by the resource's name.</param>
    /// <param name="commandName">One of <see cref="KnownResourceCommands"/>, with or without the older prefix <c>resource-</c>.</param>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commandName);
        var targets = _instances.Find(resourceId);
        if (targets.Count == 0)
            return new ExecuteCommandResult { Success = false, Message = $"Resource '{resourceId}' not found." };

        var command = commandName.StartsWith(LegacyPrefix, StringComparison.Ordinal) ? commandName[LegacyPrefix.Length..] : commandName;
        Func<InstanceSupervisor, Task>? action = command switch
        {
            "start" => instance => instance.StartAsync(cancellationToken),
            "stop" => instance => instance.StopAsync(cancellationToken),
            "restart" => instance => instance.RestartAsync(cancellationToken),
            _ => null,
        };
        if (action is null)
            return new ExecuteCommandResult { Success = false, Message = $"Command '{commandName}' not available for resource '{resourceId}'." };

        await Task.WhenAll(targets.Select(action));
        return new ExecuteCommandResult { Success = true };
    }
}
