using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Dashboard.Resources;

/// <summary>A command that the model gave a resource.</summary>
internal sealed record CommandRow(string Name, string Text, string? Description, string? Confirmation, bool Enabled, bool Highlighted)
{
    /// <summary>The commands that the resource shows in its present state.</summary>
    public static IReadOnlyList<CommandRow> Of(ResourceEvent update, IServiceProvider services)
    {
        var context = new UpdateCommandStateContext { ResourceSnapshot = update.Snapshot, ServiceProvider = services };
        return
        [
            .. update.Resource.Annotations.OfType<ResourceCommandAnnotation>()
                .Select(command => (command, state: command.UpdateState(context)))
                .Where(one => one.state != ResourceCommandState.Hidden)
                .Select(one => new CommandRow(
                    one.command.Name, one.command.DisplayName, one.command.DisplayDescription, one.command.ConfirmationMessage,
                    one.state == ResourceCommandState.Enabled, one.command.IsHighlighted)),
        ];
    }
}
