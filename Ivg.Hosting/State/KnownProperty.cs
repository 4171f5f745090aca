namespace Ivg.Hosting.State;

/// <summary>Names of <see cref="Aspire.Hosting.ApplicationModel.ResourcePropertySnapshot"/>s.</summary>
internal static class KnownProperty
{
    public const string ProcessId = "executable.pid";
    public const string Restarts = "resource.restarts";
    public const string StateReason = "resource.stateReason";
    public const string Source = "resource.source";
}
