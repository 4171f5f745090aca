using k8s;
using k8s.Models;
using YamlDotNet.RepresentationModel;

namespace Ivg.Tests.Publishing;

/// <summary>The published objects that Kubernetes itself knows, read strictly: a field that the types lack fails.</summary>
internal sealed class KubernetesObjects
{
    public KubernetesObjects(Published published)
    {
        foreach (var file in Directory.GetFiles(published.Folder, "*.yaml").Where(file => Path.GetFileName(file) is not ("kustomization.yaml" or "scaling.yaml")))
            All.AddRange(KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true).Cast<IKubernetesObject<V1ObjectMeta>>());
        var scaling = new YamlStream();
        scaling.Load(new StringReader(published["scaling.yaml"]));
        Scaling = [.. scaling.Documents.Select(document => document.RootNode)];
    }

    public List<IKubernetesObject<V1ObjectMeta>> All { get; } = [];

    public IReadOnlyList<YamlNode> Scaling { get; }

    public IEnumerable<(string Name, V1PodTemplateSpec Template)> Pods => All.Select(one => one switch
    {
        V1Deployment deployment => (deployment.Name(), deployment.Spec.Template),
        V1StatefulSet set => (set.Name(), set.Spec.Template),
        V1Job job => (job.Name(), job.Spec.Template),
        V1CronJob cron => (cron.Name(), cron.Spec.JobTemplate.Spec.Template),
        _ => ("", null!),
    }).Where(pod => pod.Item2 is not null);

    public IEnumerable<(string Pod, V1Container Container)> Containers =>
        Pods.SelectMany(pod => pod.Template.Spec.Containers.Concat(pod.Template.Spec.InitContainers ?? []).Select(container => (pod.Name, container)));

    public IEnumerable<T> Of<T>() => All.OfType<T>();

    /// <summary>Whether some pod has all these labels.</summary>
    public bool IsSelected(IDictionary<string, string> labels) => Pods.Any(pod => labels.All(label => pod.Template.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value));
}
