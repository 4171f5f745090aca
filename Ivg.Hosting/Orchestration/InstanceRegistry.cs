namespace Ivg.Hosting.Orchestration;

/// <summary>Every replica of every resource that the host supervises.</summary>
internal sealed class InstanceRegistry
{
    private readonly List<InstanceSupervisor> _all = [];

    public IReadOnlyList<InstanceSupervisor> All => _all;

    public void Add(InstanceSupervisor supervisor) => _all.Add(supervisor);

    /// <summary>One replica by its id, or all of a resource by its name.</summary>
    public IReadOnlyList<InstanceSupervisor> Find(string name)
        => [.. _all.Where(s => string.Equals(s.Instance.Id, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(s.Instance.Resource.Name, name, StringComparison.OrdinalIgnoreCase))];
}
