namespace Aspire.Hosting.ApplicationModel;

/// <summary>Outlined or filled.</summary>
public enum IconVariant
{
    Regular,
    Filled,
}
