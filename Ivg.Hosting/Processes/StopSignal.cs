namespace Ivg.Hosting.Processes;

/// <summary>The polite way to stop a process.</summary>
internal enum StopSignal
{
    Term,

    /// <summary>PostgreSQL's fast shutdown.</summary>
    Int,
}
