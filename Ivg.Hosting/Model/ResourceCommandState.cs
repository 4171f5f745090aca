namespace Aspire.Hosting.ApplicationModel;

/// <summary>Whether a command is offered.</summary>
public enum ResourceCommandState
{
    Enabled,

    /// <summary>Shown, and not to be pressed now.</summary>
    Disabled,
    Hidden,
}
