namespace Ivg.Hosting.Publishing.Model;

/// <summary>The application model as far as a deployment is concerned, with everything in the order of the model.</summary>
/// <param name="Application">A short name for the whole.</param>
internal sealed record DeploymentModel(
    string Application,
    string? Registry,
    string Tag,
    IReadOnlyList<DeployedService> Services,
    IReadOnlyList<DeployedServer> Servers,
    IReadOnlyList<DeployedSecret> Secrets)
{
    /// <summary>The port of a project's first HTTP endpoint: a container has its ports to itself, and those below 1024 are the superuser's.</summary>
    public const int FirstHttpPort = 8080;

    /// <summary>Left to whoever runs the deployment; the same name is the same setting.</summary>
    public IEnumerable<OperatorSetting> OperatorSettings => Services.SelectMany(s => s.Settings.OperatorSettings).DistinctBy(setting => setting.Name);

    public DeployedService Service(string name) => Services.Single(s => s.Name == name);

    public string Image(DeployedService service) => Registry is null ? $"{service.Repository}:{Tag}" : $"{Registry}/{service.Repository}:{Tag}";
}
