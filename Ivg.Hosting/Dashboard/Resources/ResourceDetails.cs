using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Dashboard.Resources;

/// <summary>All that the page shows of one replica.</summary>
/// <param name="NeededBy">What needs it: the references the other way round.</param>
internal sealed record ResourceDetails(
    ResourceRow Row,
    int? ExitCode,
    DateTime? Stopped,
    IReadOnlyList<ResourceDetails.Variable> Environment,
    IReadOnlyList<References.Reference> Needs,
    IReadOnlyList<References.Reference> NeededBy,
    IReadOnlyList<ResourceDetails.Check> Checks)
{
    public static ResourceDetails From(ResourceEvent update, DistributedApplicationModel model, UsageSampler sampler, IReadOnlyList<string> secrets)
    {
        var snapshot = update.Snapshot;
        return new ResourceDetails(
            ResourceRow.From(update, sampler), snapshot.ExitCode, snapshot.StopTimeStamp,
            [.. snapshot.EnvironmentVariables.OrderBy(v => v.Name, StringComparer.Ordinal).Select(v => ToVariable(v, secrets))],
            [.. References.Of(update.Resource)],
            [.. model.Resources.SelectMany(r => References.Of(r).Where(n => n.Name == update.Resource.Name).Select(n => n with { Name = r.Name }))],
            [.. snapshot.HealthReports.Select(r => new Check(r.Name, r.Status?.ToString(), r.Description))]);
    }

    private static Variable ToVariable(EnvironmentVariableSnapshot variable, IReadOnlyList<string> secrets)
        => SecretMask.Hides(variable.Name, variable.Value ?? "", secrets) ? new Variable(variable.Name, null, true) : new Variable(variable.Name, variable.Value, false);

    /// <param name="Value">Null where it is masked.</param>
    internal sealed record Variable(string Name, string? Value, bool Masked);

    /// <param name="Status">Null for one that was not asked yet.</param>
    internal sealed record Check(string Name, string? Status, string? Description);
}
