namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a deployment wants to know.</summary>
public enum ProbeType
{
    /// <summary>Whether the process has started; the others are not asked before.</summary>
    Startup = 0,

    /// <summary>Whether it may be sent requests.</summary>
    Readiness = 1,

    /// <summary>Whether it still works; if not, it is started anew.</summary>
    Liveness = 2,
}
