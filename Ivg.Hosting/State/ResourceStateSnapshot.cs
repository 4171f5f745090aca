namespace Aspire.Hosting.ApplicationModel;

/// <summary>State of a resource at one moment.</summary>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, null);
}
