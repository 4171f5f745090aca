using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Publishing.Model;

/// <summary>The ports of a project's container.</summary>
internal static class ContainerPorts
{
    public static IReadOnlyList<DeployedPort> Of(ProjectResource project)
    {
        var next = DeploymentModel.FirstHttpPort;
        return
        [
            .. project.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is not "https")
                .Select(e => new DeployedPort(e.Name, e.TargetPort ?? next++, e.IsExternal, e.Port is > 0 ? e.Port : null)),
        ];
    }
}
