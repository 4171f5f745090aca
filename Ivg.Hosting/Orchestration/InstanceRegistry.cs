using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Orchestration;

/// <summary>Every replica of every resource that the host supervises.</summary>
internal sealed class InstanceRegistry
{
    private ImmutableArray<InstanceSupervisor> _all = [];

    public IReadOnlyList<InstanceSupervisor> All => _all;

    public void Add(InstanceSupervisor supervisor) => ImmutableInterlocked.Update(ref _all, (all, added) => all.Add(added), supervisor);

    public void Remove(InstanceSupervisor supervisor) => ImmutableInterlocked.Update(ref _all, (all, removed) => all.Remove(removed), supervisor);

    /// <summary>The replicas of a resource, in their order.</summary>
    public IReadOnlyList<InstanceSupervisor> Of(IResource resource) => [.. _all.Where(s => s.Instance.Resource == resource).OrderBy(s => s.Instance.Index)];

    /// <summary>One replica by its id, or all of a resource by its name.</summary>
    public IReadOnlyList<InstanceSupervisor> Find(string name)
        => [.. _all.Where(s => string.Equals(s.Instance.Id, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(s.Instance.Resource.Name, name, StringComparison.OrdinalIgnoreCase))];
}
