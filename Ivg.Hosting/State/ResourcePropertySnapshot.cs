namespace Aspire.Hosting.ApplicationModel;

/// <summary>A named detail of a resource.</summary>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    public bool IsSensitive { get; init; }
}
