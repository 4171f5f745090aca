using Ivg.Hosting.Publishing.Model;
using k8s.Models;

namespace Ivg.Hosting.Publishing.Kubernetes;

/// <summary>What objects are called and how they are found.</summary>
internal sealed class Names(DeploymentModel model)
{
    private const string NameLabel = "app.kubernetes.io/name";
    private const string PartOfLabel = "app.kubernetes.io/part-of";

    public string Application => model.Application;

    public string Namespace => model.Application;

    public string Secret => $"{model.Application}-secrets";

    public string Settings => $"{model.Application}-settings";

    public static string Port(DeployedPort port) => port.Name;

    /// <summary>What selects a resource's pods: nothing that changes with a version.</summary>
    public Dictionary<string, string> Selector(string name) => new() { [NameLabel] = name, [PartOfLabel] = model.Application };

    public V1ObjectMeta Meta(string name, string? resource = null) => new() { Name = name, Labels = Selector(resource ?? name) };

    /// <summary>The host name that other namespaces use.</summary>
    public string FullHost(string service) => $"{service}.{Namespace}.svc.cluster.local";
}
