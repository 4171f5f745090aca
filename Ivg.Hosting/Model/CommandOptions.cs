namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command is shown, and when.</summary>
public class CommandOptions
{
    /// <summary>What it does, as a hint on its button.</summary>
    public string? Description { get; set; }

    /// <summary>Asked before it is carried out.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>A Fluent icon's name. Nothing here draws it; Aspire's dashboard does.</summary>
    public string? IconName { get; set; }

    /// <summary>Likewise.</summary>
    public IconVariant? IconVariant { get; set; }

    /// <summary>Offered in the table too, and not in the details alone.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>Enabled while the resource runs unless said otherwise.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}
