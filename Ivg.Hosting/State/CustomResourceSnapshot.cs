using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is known of a resource, or of one replica of it, at one moment.</summary>
public sealed record CustomResourceSnapshot
{
    public required string ResourceType { get; init; }

    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    public DateTime? CreationTimeStamp { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? StopTimeStamp { get; init; }

    public ResourceStateSnapshot? State { get; init; }

    /// <summary>128 plus the signal's number where a signal ended the process.</summary>
    public int? ExitCode { get; init; }

    public ImmutableArray<HealthReportSnapshot> HealthReports { get; init; } = [];

    /// <summary>Of the process that runs or ran last, secrets and all: whoever shows them masks them.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>Null unless running; healthy without checks; otherwise the worst of the reports.</summary>
    public HealthStatus? HealthStatus => State?.Text == KnownResourceStates.Running ? WorstReport() : null;

    internal object? Property(string name) => Properties.FirstOrDefault(p => p.Name == name)?.Value;

    internal CustomResourceSnapshot With(string property, object? value)
        => this with { Properties = [.. Properties.Where(p => p.Name != property), new ResourcePropertySnapshot(property, value)] };

    private HealthStatus WorstReport()
        => HealthReports.Select(r => r.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy)
            .Append(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy)
            .Min();
}
