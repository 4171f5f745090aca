namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command of a resource beside start, stop and restart.</summary>
public sealed class ResourceCommandAnnotation : IResourceAnnotation
{
    private readonly CommandOptions _options;

    internal ResourceCommandAnnotation(
        string name, string displayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, CommandOptions options)
    {
        (Name, DisplayName, ExecuteCommand) = (name, displayName, executeCommand);
        _options = options;
        UpdateState = options.UpdateState ?? (context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled);
    }

    public string Name { get; }

    public string DisplayName { get; }

    public string? DisplayDescription => _options.Description;

    public string? ConfirmationMessage => _options.ConfirmationMessage;

    public bool IsHighlighted => _options.IsHighlighted;

    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; }

    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; }
}
