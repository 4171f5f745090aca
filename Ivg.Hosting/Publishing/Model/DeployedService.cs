namespace Ivg.Hosting.Publishing.Model;

/// <summary>A project of the model as a container.</summary>
internal sealed class DeployedService
{
    public required string Name { get; init; }

    /// <summary>The image's name without registry and tag.</summary>
    public required string Repository { get; init; }

    public required IReadOnlyList<DeployedPort> Ports { get; init; }

    public required IReadOnlyList<DeployedProbe> Probes { get; init; }

    public required IReadOnlyList<DeployedVariable> Variables { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required DeploymentSettings Settings { get; init; }

    /// <summary>Names of one-shots that must have ended well before this starts.</summary>
    public required IReadOnlyList<string> After { get; init; }

    /// <summary>Names of what must be healthy before this starts.</summary>
    public required IReadOnlyList<string> Beside { get; init; }

    /// <summary>Others wait for its end.</summary>
    public required bool RunsOnce { get; init; }

    /// <summary>The servers whose connection strings it gets.</summary>
    public IEnumerable<DeployedServer> Servers => Variables.Select(v => v.Connection?.Server).OfType<DeployedServer>().Distinct();
}
