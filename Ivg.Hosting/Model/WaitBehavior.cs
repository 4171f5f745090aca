namespace Aspire.Hosting.ApplicationModel;

/// <summary>What to do when the resource waited for has failed.</summary>
public enum WaitBehavior
{
    /// <summary>Keep waiting: somebody may start it again.</summary>
    WaitOnResourceUnavailable = 0,

    /// <summary>Fail.</summary>
    StopOnResourceUnavailable = 1,
}
