namespace Aspire.Hosting;

/// <summary>How a builder is made.</summary>
public sealed class DistributedApplicationOptions
{
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly, where it is not the program that was started.</summary>
    public string? AssemblyName { get; set; }

    public bool DisableDashboard { get; set; }
}
