namespace Aspire.Hosting.ApplicationModel;

/// <summary>Outcome of a command on a resource.</summary>
public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }

    public bool Canceled { get; init; }

    public string? Message { get; init; }
}
