using Ivg.Hosting.Publishing.Model;
using k8s.Models;

namespace Ivg.Hosting.Publishing.Kubernetes;

/// <summary>Nothing talks to anything but what the model says.</summary>
internal static class NetworkPolicies
{
    private const string NamespaceLabel = "kubernetes.io/metadata.name";
    private const int Https = 443;

    public static IEnumerable<YamlDocument> Create(DeploymentModel model, Names names)
    {
        yield return Policy("default-deny", new V1LabelSelector(), names, [], []).With("", "All traffic of the namespace is forbidden, and then some is allowed. It takes a network plugin that enforces policies.");
        foreach (var server in model.Servers.Where(s => s.External is null))
            yield return Policy(server.Name, Select(server.Name, names), names, [Incoming(model, server, names)], [])
                .With("/spec/ingress/0/from", IsScaledBy(model, server) ? "Decide: the last of them is the namespace that KEDA runs in." : null);
        foreach (var service in model.Services)
        {
            yield return OfService(service, service.Name, model, names);
            foreach (var run in service.Settings.Schedules)
                yield return OfService(service, run.Name, model, names);
        }
    }

    private static YamlDocument OfService(DeployedService service, string name, DeploymentModel model, Names names)
    {
        var external = service.Ports.Where(p => p.IsExternal).ToArray();
        List<V1NetworkPolicyIngressRule> incoming = [];
        if (name == service.Name && external.Length > 0)
            incoming.Add(new V1NetworkPolicyIngressRule { Ports = [.. external.Select(p => Port(p.Port))] });
        var callers = model.Services.Where(s => s.Variables.SelectMany(v => v.Parts).Any(p => p is ValuePart.Host host && host.Resource == service.Name)).ToArray();
        if (name == service.Name && callers.Length > 0)
            incoming.Add(new V1NetworkPolicyIngressRule { FromProperty = [.. callers.Select(c => Pods(c.Name, names))], Ports = [.. service.Ports.Select(p => Port(p.Port))] });

        List<V1NetworkPolicyEgressRule> outgoing = [Dns(), Telemetry()];
        // Waiting for a one-shot is done by its image, with its connections.
        var servers = service.After.Select(model.Service).Prepend(service).SelectMany(s => s.Servers).Distinct();
        foreach (var server in servers)
            outgoing.Add(server.External is { } elsewhere
                ? new V1NetworkPolicyEgressRule { Ports = [Port(elsewhere.Port)] }
                : new V1NetworkPolicyEgressRule { To = [Pods(server.Name, names)], Ports = [Port(server.Port)] });
        foreach (var called in model.Services.Where(s => service.Variables.SelectMany(v => v.Parts).Any(p => p is ValuePart.Host host && host.Resource == s.Name)))
            outgoing.Add(new V1NetworkPolicyEgressRule { To = [Pods(called.Name, names)], Ports = [.. called.Ports.Select(p => Port(p.Port))] });
        if (service.Settings.CallsOut && name == service.Name)
            outgoing.Add(new V1NetworkPolicyEgressRule { Ports = [Port(Https)] });
        return Policy(name, Select(name, names), names, incoming, outgoing)
            .With("/spec/ingress/0", name == service.Name && external.Length > 0 ? "Decide: anybody in the cluster, until you name the namespace of your ingress controller under from." : null)
            .With("/spec/egress/1", "Telemetry, to a collector in any namespace.");
    }

    private static V1NetworkPolicyIngressRule Incoming(DeploymentModel model, DeployedServer server, Names names)
    {
        var callers = model.Services.Where(s => s.After.Select(model.Service).Prepend(s).SelectMany(one => one.Servers).Contains(server))
            .SelectMany(s => s.Settings.Schedules.Select(run => run.Name).Prepend(s.Name));
        List<V1NetworkPolicyPeer> peers = [.. callers.Select(name => Pods(name, names))];
        if (IsScaledBy(model, server))
            peers.Add(new V1NetworkPolicyPeer { NamespaceSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { [NamespaceLabel] = "keda" } } });
        return new V1NetworkPolicyIngressRule { FromProperty = peers, Ports = [Port(server.Port)] };
    }

    private static bool IsScaledBy(DeploymentModel model, DeployedServer server) => model.Services.Any(s => s.Settings.Scale?.Redis.Name == server.Name);

    private static V1NetworkPolicyEgressRule Dns() => new()
    {
        To = [new V1NetworkPolicyPeer { NamespaceSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { [NamespaceLabel] = "kube-system" } } }],
        Ports = [Port(53, "UDP"), Port(53)],
    };

    private static V1NetworkPolicyEgressRule Telemetry() => new()
    {
        To = [new V1NetworkPolicyPeer { NamespaceSelector = new V1LabelSelector() }],
        Ports = [Port(4317), Port(4318)],
    };

    private static YamlDocument Policy(
        string name, V1LabelSelector pods, Names names, List<V1NetworkPolicyIngressRule> incoming, List<V1NetworkPolicyEgressRule> outgoing) => Objects.Document(
        new V1NetworkPolicy
        {
            Metadata = names.Meta(name),
            Spec = new V1NetworkPolicySpec
            {
                PodSelector = pods,
                PolicyTypes = ["Ingress", "Egress"],
                Ingress = incoming.Count > 0 ? incoming : null,
                Egress = outgoing.Count > 0 ? outgoing : null,
            },
        },
        "networking.k8s.io/v1", "NetworkPolicy");

    private static V1LabelSelector Select(string name, Names names) => new() { MatchLabels = names.Selector(name) };

    private static V1NetworkPolicyPeer Pods(string name, Names names) => new() { PodSelector = Select(name, names) };

    private static V1NetworkPolicyPort Port(int port, string protocol = "TCP") => new() { Port = port, Protocol = protocol };
}
