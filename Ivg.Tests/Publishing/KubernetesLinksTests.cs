using Ivg.Core.Jobs;
using k8s.Models;
using YamlDotNet.RepresentationModel;

namespace Ivg.Tests.Publishing;

/// <summary>Everything that one object says of another leads somewhere.</summary>
public sealed class KubernetesLinksTests : IAsyncLifetime
{
    private Published _published = null!;
    private KubernetesObjects _objects = null!;

    public async Task InitializeAsync()
    {
        _published = await Published.CreateAsync("kubernetes");
        _objects = new KubernetesObjects(_published);
    }

    public Task DisposeAsync()
    {
        _published.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void SecretKeys_AreAskedOfTheOperator()
    {
        var asked = _published["secrets.env.example"].Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#').ToList();
        Assert.All(asked, line => Assert.EndsWith("=", line, StringComparison.Ordinal));
        var references = _objects.Containers.SelectMany(one => one.Container.Env ?? []).Select(variable => variable.ValueFrom?.SecretKeyRef).OfType<V1SecretKeySelector>().ToList();
        Assert.All(references, reference => Assert.Equal("ivg-secrets", reference.Name));
        Assert.Equal(asked.Select(line => line[..^1]).Order(StringComparer.Ordinal), references.Select(reference => reference.Key).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("name: ivg-secrets", _published["kustomization.yaml"], StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_PutInOnlyWhatStandsAboveThem()
    {
        foreach (var (pod, container) in _objects.Containers)
        {
            var above = new HashSet<string>();
            foreach (var variable in container.Env ?? [])
            {
                foreach (var part in (variable.Value ?? "").Split("$(").Skip(1)) Assert.True(above.Contains(part[..part.IndexOf(')', StringComparison.Ordinal)]), $"{pod}: {variable.Name}");
                Assert.True(above.Add(variable.Name), $"{pod} has {variable.Name} twice");
            }
        }
    }

    [Fact]
    public void ConfigMaps_AreThere()
    {
        var maps = _objects.Of<V1ConfigMap>().Select(map => map.Name()).ToHashSet();
        var references = _objects.Containers.SelectMany(one => one.Container.EnvFrom ?? []).Select(from => from.ConfigMapRef.Name).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, name => Assert.Contains(name, maps));
    }

    [Fact]
    public void Selectors_FindPods()
    {
        var selectors = _objects.Of<V1Service>().Select(one => one.Spec.Selector)
            .Concat(_objects.Of<V1Deployment>().Select(one => one.Spec.Selector.MatchLabels)).Concat(_objects.Of<V1StatefulSet>().Select(one => one.Spec.Selector.MatchLabels))
            .Concat(_objects.Of<V1PodDisruptionBudget>().Select(one => one.Spec.Selector.MatchLabels))
            .Concat(_objects.Of<V1NetworkPolicy>().Select(one => one.Spec.PodSelector.MatchLabels ?? new Dictionary<string, string>()))
            .Concat(_objects.Of<V1NetworkPolicy>().SelectMany(one => (one.Spec.Ingress ?? []).SelectMany(rule => rule.FromProperty ?? []).Concat((one.Spec.Egress ?? []).SelectMany(rule => rule.To ?? [])))
                .Select(peer => peer.PodSelector?.MatchLabels).OfType<IDictionary<string, string>>()).ToList();
        Assert.True(selectors.Count > 20);
        Assert.All(selectors, selector => Assert.True(_objects.IsSelected(selector), string.Join(',', selector)));
    }

    [Fact]
    public void Ports_AreListenedOn()
    {
        foreach (var service in _objects.Of<V1Service>())
        {
            var pods = _objects.Pods.Where(pod => service.Spec.Selector.All(label => pod.Template.Metadata.Labels[label.Key] == label.Value));
            foreach (var port in service.Spec.Ports)
                Assert.All(pods, pod => Assert.Contains(pod.Template.Spec.Containers[0].Ports, one => one.Name == port.TargetPort.Value && one.ContainerPort == port.Port));
        }

        foreach (var path in _objects.Of<V1Ingress>().SelectMany(ingress => ingress.Spec.Rules).SelectMany(rule => rule.Http.Paths))
            Assert.Contains(_objects.Of<V1Service>(), service => service.Name() == path.Backend.Service.Name && service.Spec.Ports.Any(port => port.Name == path.Backend.Service.Port.Name));
        foreach (var (pod, container) in _objects.Containers)
            foreach (var probe in new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe }.Where(probe => probe?.HttpGet is not null))
                Assert.True(container.Ports.Any(port => port.Name == probe.HttpGet.Port.Value), pod);
    }

    [Fact]
    public void Hosts_InConnectionStrings_AreServices()
    {
        var services = _objects.Of<V1Service>().ToDictionary(service => service.Name());
        var postgres = _objects.Containers.SelectMany(one => one.Container.Env ?? []).Where(variable => variable.Name == "ConnectionStrings__ivgdb").Select(variable => variable.Value).Distinct();
        Assert.StartsWith($"Host=postgres;Port={services["postgres"].Spec.Ports[0].Port};", Assert.Single(postgres), StringComparison.Ordinal);
        var redis = _objects.Containers.SelectMany(one => one.Container.Env ?? []).Where(variable => variable.Name == "ConnectionStrings__redis").Select(variable => variable.Value).Distinct();
        Assert.StartsWith($"redis:{services["redis"].Spec.Ports[0].Port},", Assert.Single(redis), StringComparison.Ordinal);
    }

    [Fact]
    public void Mounts_AreVolumes()
    {
        foreach (var (name, template) in _objects.Pods)
        {
            var claims = _objects.Of<V1StatefulSet>().Where(set => set.Name() == name).SelectMany(set => set.Spec.VolumeClaimTemplates).Select(claim => claim.Name());
            var volumes = (template.Spec.Volumes ?? []).Select(volume => volume.Name).Concat(claims).ToHashSet();
            foreach (var container in template.Spec.Containers.Concat(template.Spec.InitContainers ?? []))
                Assert.All(container.VolumeMounts, mount => Assert.Contains(mount.Name, volumes));
        }
    }

    [Fact]
    public void Scaling_LeadsToDeploymentsThatDoNotSayHowManyAndToStreamsThatWorkersRead()
    {
        string[] streams = [.. Enum.GetValues<JobKind>().Select(kind => kind.Queue()).Order(StringComparer.Ordinal)];
        var scaled = _objects.Scaling.Where(one => one["kind"].ToString() == "ScaledObject").ToList();
        Assert.Equal(streams, scaled.Select(one => one["spec"]["triggers"][0]["metadata"]["stream"].ToString()).Order(StringComparer.Ordinal));
        foreach (var one in scaled)
        {
            var target = Assert.Single(_objects.Of<V1Deployment>(), deployment => deployment.Name() == one["spec"]["scaleTargetRef"]["name"].ToString());
            Assert.Null(target.Spec.Replicas);
            // With a group KEDA would count deliveries instead of the stream's length.
            Assert.DoesNotContain("consumerGroup", ((YamlMappingNode)one["spec"]["triggers"][0]["metadata"]).Children.Keys.Select(key => key.ToString()));
            Assert.Contains(_objects.Scaling, other => other["kind"].ToString() == "TriggerAuthentication" && other["metadata"]["name"].Equals(one["spec"]["triggers"][0]["authenticationRef"]["name"]));
        }
    }

    [Fact]
    public void Pods_MayDoNothingTheyNeedNot()
    {
        Assert.All(_objects.Pods, pod => Assert.True(pod.Template.Spec.SecurityContext is { RunAsNonRoot: true, RunAsUser: > 0, SeccompProfile.Type: "RuntimeDefault" }, pod.Name));
        Assert.All(_objects.Containers, one =>
        {
            Assert.True(one.Container.SecurityContext is { ReadOnlyRootFilesystem: true, AllowPrivilegeEscalation: false, Capabilities.Drop: ["ALL"] }, one.Pod);
            Assert.True(one.Container.Resources is { Requests.Count: 2, Limits.Count: 2 }, one.Pod);
        });
        Assert.All(_objects.Of<V1Deployment>(), deployment => Assert.True(deployment.Spec.Template.Spec.Containers[0] is { StartupProbe: not null, ReadinessProbe: not null, LivenessProbe: not null }, deployment.Name()));
        foreach (var (name, template) in _objects.Pods)
            Assert.True(_objects.Of<V1NetworkPolicy>().Any(policy => policy.Spec.PodSelector.MatchLabels is { } labels && labels.All(label => template.Metadata.Labels[label.Key] == label.Value)), name);
    }

    [Fact]
    public async Task Migrator_HasAnotherNameInAnotherVersion_AndServicesWaitForItsWork()
    {
        using var next = await Published.CreateAsync("kubernetes", "--Publishing:Tag=9.9.9-rc.1", "--Publishing:Registry=registry.example.com/ivg");
        var job = Assert.Single(new KubernetesObjects(next).Of<V1Job>());
        Assert.StartsWith("migrator-9-9-9-rc-1-", job.Name(), StringComparison.Ordinal);
        Assert.NotEqual(Assert.Single(_objects.Of<V1Job>()).Name(), job.Name());
        Assert.Equal("registry.example.com/ivg/ivg-migrator:9.9.9-rc.1", job.Spec.Template.Spec.Containers[0].Image);
        Assert.All(_objects.Of<V1Deployment>(), deployment => Assert.Equal(("wait-for-migrator", "wait"),
            (deployment.Spec.Template.Spec.InitContainers[0].Name, deployment.Spec.Template.Spec.InitContainers[0].Args[0])));
    }

    [Fact]
    public async Task Servers_ThatAreElsewhere_AreNotDeployedAndTheirStringsNotWritten()
    {
        using var published = await Published.CreateAsync("kubernetes", "--ConnectionStrings:ivgdb=Host=db.example.org;Port=6432;Password=never-written", "--ConnectionStrings:redis=rediss://:never-written@cache.example.org:6380");
        var objects = new KubernetesObjects(published);
        Assert.Empty(objects.Of<V1StatefulSet>());
        Assert.All(published.Files.Values, content => Assert.DoesNotContain("never-written", content, StringComparison.Ordinal));
        Assert.Contains("ConnectionStrings__ivgdb=\n", published["secrets.env.example"], StringComparison.Ordinal);
        Assert.Contains("cache.example.org:6380", published["scaling.yaml"], StringComparison.Ordinal);
        Assert.Contains(objects.Of<V1NetworkPolicy>().SelectMany(policy => policy.Spec.Egress ?? []).SelectMany(rule => rule.Ports), port => port.Port.Value == "6432");
    }
}
