namespace Aspire.Hosting.ApplicationModel;

/// <summary>Texts of <see cref="ResourceStateSnapshot"/>.</summary>
public static class KnownResourceStates
{
    public static readonly string NotStarted = nameof(NotStarted);
    public static readonly string Waiting = nameof(Waiting);
    public static readonly string Starting = nameof(Starting);
    public static readonly string Running = nameof(Running);
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>Ended, by itself with a failure or because somebody stopped it.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>Ended by itself with exit code 0.</summary>
    public static readonly string Finished = nameof(Finished);
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>States that end only when somebody starts the resource again.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];

    /// <summary>Crashed, and about to be started again. Only the embedded host has this one.</summary>
    internal static readonly string Restarting = nameof(Restarting);
}
