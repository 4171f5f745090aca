using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.State;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ivg.Hosting.Dashboard;

/// <summary>One line of the dashboard's table.</summary>
internal sealed record ResourceRow(
    string Id,
    string Type,
    string State,
    string? Reason,
    string? Health,
    DateTime? Started,
    int? ProcessId,
    int Restarts,
    bool IsRunnable,
    IReadOnlyList<ResourceRow.Link> Links)
{
    public static ResourceRow From(ResourceEvent update)
    {
        var snapshot = update.Snapshot;
        var bad = snapshot.State?.Text == KnownResourceStates.Running ? snapshot.HealthReports.FirstOrDefault(r => r.Status != HealthStatus.Healthy) : null;
        return new ResourceRow(
            update.ResourceId,
            snapshot.ResourceType,
            snapshot.State?.Text ?? "Unknown",
            snapshot.Property(KnownProperty.StateReason) as string ?? bad?.Description,
            snapshot.HealthStatus?.ToString(),
            snapshot.StartTimeStamp,
            snapshot.Property(KnownProperty.ProcessId) as int?,
            snapshot.Property(KnownProperty.Restarts) as int? ?? 0,
            update.Resource is not ParameterResource,
            [.. snapshot.Urls.Select(u => new Link(u.DisplayText ?? u.Url, u.Url))]);
    }

    /// <summary>Where an endpoint leads.</summary>
    internal sealed record Link(string Text, string Url);
}
