using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.Kubernetes;

/// <summary>A kustomize base.</summary>
internal sealed class KubernetesTarget : IPublishTarget
{
    public string Name => "kubernetes";

    public string NextStep => "Copy secrets.env.example to secrets.env, fill it in, read the comments, then: kubectl apply -k .";

    public IReadOnlyList<PublishedFile> Create(DeploymentModel model)
    {
        var names = new Names(model);
        var pods = new PodFactory(model, names);
        var files = new List<PublishedFile>();
        void Add(string file, params IEnumerable<YamlDocument> documents)
        {
            var all = documents.ToArray();
            if (all.Length > 0)
                files.Add(new PublishedFile(file, YamlText.Write(all)));
        }

        Add("namespace.yaml", Common.Namespace(names));
        Add("settings.yaml", Common.Settings(model, names));
        foreach (var server in model.Servers.Where(s => s.External is null))
            Add($"{server.Name}.yaml", Servers.Create(server, model, names));
        var workloads = new Workloads(model, names, pods);
        foreach (var service in model.Services)
        {
            Add($"{service.Name}.yaml", workloads.Create(service));
            foreach (var run in service.Settings.Schedules)
                Add($"{run.Name}.yaml", workloads.Schedule(service, run));
        }

        Add("ingress.yaml", Ingresses.Create(model, names));
        Add("scaling.yaml", Scaling.Create(model, names));
        Add("network.yaml", NetworkPolicies.Create(model, names));
        var resources = files.Select(f => f.Path).ToArray();
        Add("kustomization.yaml", Kustomization.Create(model, names, resources));
        files.Add(SecretFiles.Template("secrets.env.example", "kubectl apply -k", model));
        files.Add(new PublishedFile(".gitignore", "secrets.env\n"));
        return files;
    }
}
