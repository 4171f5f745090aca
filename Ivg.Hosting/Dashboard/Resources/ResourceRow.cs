using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.State;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ivg.Hosting.Dashboard.Resources;

/// <summary>One line of the dashboard's table.</summary>
/// <param name="Id">One replica.</param>
/// <param name="Name">The resource that it is one of.</param>
/// <param name="Processor">Percent of one core.</param>
/// <param name="Needs">Names of the resources that it needs.</param>
internal sealed record ResourceRow(
    string Id,
    string Name,
    string Type,
    string? Source,
    string State,
    string? Reason,
    string? Health,
    DateTime? Started,
    int? ProcessId,
    double? Processor,
    long? Memory,
    int Restarts,
    bool IsRunnable,
    IReadOnlyList<ResourceRow.Link> Links,
    IReadOnlyList<string> Needs)
{
    public static ResourceRow From(ResourceEvent update, UsageSampler sampler)
    {
        var snapshot = update.Snapshot;
        var bad = snapshot.State?.Text == KnownResourceStates.Running ? snapshot.HealthReports.FirstOrDefault(r => r.Status != HealthStatus.Healthy) : null;
        var processId = snapshot.Property(KnownProperty.ProcessId) as int?;
        var usage = processId is { } id ? sampler.Of(id) : null;
        return new ResourceRow(
            update.ResourceId,
            update.Resource.Name,
            snapshot.ResourceType,
            SourceOf(update.Resource),
            snapshot.State?.Text ?? "Unknown",
            snapshot.Property(KnownProperty.StateReason) as string ?? bad?.Description,
            snapshot.HealthStatus?.ToString(),
            snapshot.StartTimeStamp,
            processId,
            usage?.ProcessorPercent,
            usage?.MemoryBytes,
            snapshot.Property(KnownProperty.Restarts) as int? ?? 0,
            update.Resource is not ParameterResource,
            [.. snapshot.Urls.Select(u => new Link(u.DisplayText ?? u.Url, u.Url))],
            [.. References.Of(update.Resource).Select(r => r.Name).Distinct()]);
    }

    private static string? SourceOf(IResource resource) => resource switch
    {
        ProjectResource => Path.GetFileName(resource.Annotations.OfType<IProjectMetadata>().LastOrDefault()?.ProjectPath),
        ExecutableResource executable => executable.Command,
        _ => null,
    };

    /// <summary>Where an endpoint leads.</summary>
    internal sealed record Link(string Text, string Url);
}
