using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Orchestration;

namespace Ivg.Hosting.Dashboard.Resources;

/// <summary>Makes what the page shows of resources.</summary>
internal sealed class ResourceViews(
    DistributedApplicationModel model, ResourceNotificationService notifications, UsageSampler sampler, ReplicaScaler scaler, InstanceRegistry instances, IServiceProvider services)
{
    private readonly Dictionary<IResource, int> _order = model.Resources.Select((resource, index) => (resource, index)).ToDictionary(one => one.resource, one => one.index);

    public DistributedApplicationModel Model { get; } = model;

    public IReadOnlyList<ResourceRow> Rows()
        => [.. notifications.All.OrderBy(e => e.Resource is ParameterResource).ThenBy(e => _order.GetValueOrDefault(e.Resource)).ThenBy(e => e.ResourceId, StringComparer.Ordinal).Select(Row)];

    public ResourceRow Row(ResourceEvent update) => ResourceRow.From(update, sampler, services);

    public int? Replicas(IResource resource) => scaler.CanScale(resource) ? instances.Of(resource).Count : null;
}
