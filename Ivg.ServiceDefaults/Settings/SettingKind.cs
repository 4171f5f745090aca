namespace Ivg.ServiceDefaults.Settings;

/// <summary>What a setting's value is.</summary>
public enum SettingKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>Text that is shown to nobody.</summary>
    Secret,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,
}
