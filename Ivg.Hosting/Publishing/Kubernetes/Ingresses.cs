using System.Globalization;
using Ivg.Hosting.Publishing.Model;
using k8s.Models;

namespace Ivg.Hosting.Publishing.Kubernetes;

/// <summary>The way in, for endpoints that are meant for callers outside.</summary>
internal static class Ingresses
{
    private const string LongestSilence = "3600";

    public static IEnumerable<YamlDocument> Create(DeploymentModel model, Names names) => model.Services
        .Where(s => s.Ports.Any(p => p.IsExternal))
        .Select(service => Objects.Document(
                new V1Ingress
                {
                    Metadata = new V1ObjectMeta { Name = service.Name, Labels = names.Selector(service.Name), Annotations = Annotations(service.Settings) },
                    Spec = new V1IngressSpec
                    {
                        IngressClassName = "nginx",
                        Rules =
                        [
                            new V1IngressRule
                            {
                                Host = $"{names.Application}.example.com",
                                Http = new V1HTTPIngressRuleValue { Paths = [.. service.Ports.Where(p => p.IsExternal).Select(p => Path(service, p))] },
                            },
                        ],
                        Tls = [new V1IngressTLS { Hosts = [$"{names.Application}.example.com"], SecretName = $"{names.Application}-tls" }],
                    },
                },
                "networking.k8s.io/v1", "Ingress")
            .With("/metadata/annotations", service.Settings.Streams
                ? "Streams are open for minutes: nothing may collect them, nor end them for being slow. These are the words of the two controllers\nthat are named after nginx; Traefik, HAProxy, Contour and Envoy stream as they are, but look at their idle timeouts."
                : null)
            .With("/spec/ingressClassName", "Decide: the class of your controller.")
            .With("/spec/rules", "Decide: the host name, here and below.")
            .With("/spec/tls", "Decide: a Secret with the certificate, or take this out where TLS ends before the cluster."));

    private static V1HTTPIngressPath Path(DeployedService service, DeployedPort port) => new()
    {
        Path = "/",
        PathType = "Prefix",
        Backend = new V1IngressBackend { Service = new V1IngressServiceBackend { Name = service.Name, Port = new V1ServiceBackendPort { Name = Names.Port(port) } } },
    };

    private static Dictionary<string, string> Annotations(DeploymentSettings settings)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"{settings.MaxBodyMiB}m");
        var all = new Dictionary<string, string>
        {
            ["nginx.ingress.kubernetes.io/proxy-body-size"] = body,
            ["nginx.org/client-max-body-size"] = body,
        };
        if (!settings.Streams)
            return all;
        all["nginx.ingress.kubernetes.io/proxy-buffering"] = "off";
        all["nginx.ingress.kubernetes.io/proxy-read-timeout"] = LongestSilence;
        all["nginx.ingress.kubernetes.io/proxy-send-timeout"] = LongestSilence;
        all["nginx.org/proxy-buffering"] = "False";
        all["nginx.org/proxy-read-timeout"] = $"{LongestSilence}s";
        all["nginx.org/proxy-send-timeout"] = $"{LongestSilence}s";
        return all;
    }
}
