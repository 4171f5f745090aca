using System.Text.Json.Nodes;
using k8s;

namespace Ivg.Hosting.Publishing.Kubernetes;

/// <summary>Documents of typed objects.</summary>
internal static class Objects
{
    public static YamlDocument Document<T>(T value, string apiVersion, string kind)
        where T : IKubernetesObject
    {
        value.ApiVersion = apiVersion;
        value.Kind = kind;
        return new YamlDocument(JsonNode.Parse(KubernetesJson.Serialize(value))!);
    }
}
