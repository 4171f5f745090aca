using System.Text.Json.Nodes;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.Kubernetes;

/// <summary>What ties the files together.</summary>
internal static class Kustomization
{
    public static YamlDocument Create(DeploymentModel model, Names names, IEnumerable<string> files) => new YamlDocument(new JsonObject
        {
            ["apiVersion"] = "kustomize.config.k8s.io/v1beta1",
            ["kind"] = "Kustomization",
            ["namespace"] = names.Namespace,
            ["resources"] = new JsonArray([.. files.Select(f => JsonValue.Create(f))]),
            ["secretGenerator"] = new JsonArray(new JsonObject
            {
                ["name"] = names.Secret,
                ["envs"] = new JsonArray("secrets.env"),
                ["options"] = new JsonObject { ["disableNameSuffixHash"] = true },
            }),
            ["images"] = new JsonArray(
            [
                .. model.Services.Select(s => s.Repository).Distinct().Select(repository => new JsonObject
                {
                    ["name"] = model.Registry is null ? repository : $"{model.Registry}/{repository}",
                    ["newName"] = model.Registry is null ? repository : $"{model.Registry}/{repository}",
                    ["newTag"] = model.Tag,
                }),
            ]),
        })
        .With("", $"kubectl apply -k . installs {names.Application} and brings it to this version.")
        .With("/resources", files.Contains("scaling.yaml")
            ? "Decide: scaling.yaml needs KEDA 2.14 or later in the cluster. Without it take the line out, and set replicas in the Deployments yourself."
            : null)
        .With("/secretGenerator", "From a file that you keep: see secrets.env.example. The name stays the same when a value changes,\nso that the Job of this version can be applied again; restart the Deployments after a change.")
        .With("/images", model.Registry is null
            ? "Decide: newName is where you pushed the images, as in registry.example.com/team/name.\nFor a new version publish anew with --Publishing:Tag: the Job's name goes with it."
            : "For a new version publish anew with --Publishing:Tag: the Job's name goes with it.");
}
