namespace Aspire.Hosting.ApplicationModel;

/// <summary>A variable that a process was started with.</summary>
/// <param name="IsFromSpec">Whether the model set it, and not the host's own environment.</param>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);
