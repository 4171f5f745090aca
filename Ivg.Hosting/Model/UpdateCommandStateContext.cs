namespace Aspire.Hosting.ApplicationModel;

/// <summary>What decides whether a command is offered.</summary>
public sealed class UpdateCommandStateContext
{
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    public required IServiceProvider ServiceProvider { get; init; }
}
