using Ivg.Hosting.Publishing.Model;
using k8s.Models;

namespace Ivg.Hosting.Publishing.Kubernetes;

/// <summary>What all resources share.</summary>
internal static class Common
{
    public static YamlDocument Namespace(Names names) => Objects.Document(
        new V1Namespace
        {
            Metadata = new V1ObjectMeta
            {
                Name = names.Namespace,
                // Every pod here keeps to the strictest of the three standards; the cluster then refuses one that does not.
                Labels = new Dictionary<string, string> { ["pod-security.kubernetes.io/enforce"] = "restricted" },
            },
        },
        "v1", "Namespace");

    public static YamlDocument Settings(DeploymentModel model, Names names)
    {
        var data = new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
        };
        foreach (var setting in model.OperatorSettings)
            data[setting.Name] = setting.Value;
        var document = Objects.Document(new V1ConfigMap { Metadata = names.Meta(names.Settings), Data = data }, "v1", "ConfigMap")
            .With("", "Settings of all services; any other that they take can be added here, and what a pod sets itself stands. Pods read them\nwhen they start: kubectl rollout restart deployment after a change.")
            .With("/data/OTEL_EXPORTER_OTLP_ENDPOINT", "Decide: where telemetry goes, as in http://collector.telemetry:4317. Empty sends none.");
        foreach (var setting in model.OperatorSettings)
            document.With($"/data/{setting.Name}", setting.Comment);
        return document;
    }
}
