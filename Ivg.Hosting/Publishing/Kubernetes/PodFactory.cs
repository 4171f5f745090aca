using System.Globalization;
using Ivg.Hosting.Publishing.Model;
using k8s.Models;

namespace Ivg.Hosting.Publishing.Kubernetes;

/// <summary>Pods of services, runs by the clock and one-shots.</summary>
internal sealed class PodFactory(DeploymentModel model, Names names)
{
    // The user of .NET's images; a number, for a name cannot be checked against runAsNonRoot.
    private const int AppUser = 1654;
    private const string Scratch = "tmp";

    public V1PodTemplateSpec Template(DeployedService service, string name, IReadOnlyList<string> arguments, IEnumerable<string> after, string restartPolicy)
    {
        var volume = service.Settings.Volume;
        var labels = names.Selector(name);
        labels["app.kubernetes.io/version"] = model.Tag;
        var waits = after.Select(model.Service).Where(s => s.Settings.WaitArguments.Count > 0).ToArray();
        List<V1Container> first = [.. waits.Select(Wait)];
        if (volume is not null)
            first.Add(Fill(service, volume));
        return new V1PodTemplateSpec
        {
            Metadata = new V1ObjectMeta { Labels = labels },
            Spec = new V1PodSpec
            {
                AutomountServiceAccountToken = false,
                RestartPolicy = restartPolicy,
                SecurityContext = PodSecurity.Of(AppUser),
                InitContainers = first.Count > 0 ? first : null,
                Containers = [Main(service, name, arguments, volume)],
                Volumes = [.. Volumes(volume)],
            },
        };
    }

    private V1Container Main(DeployedService service, string name, IReadOnlyList<string> arguments, FilledVolume? volume)
    {
        var container = Container(name, service, arguments, service.Settings);
        container.Ports = service.Ports.Count == 0 ? null
            : [.. service.Ports.Select(p => new V1ContainerPort { Name = Names.Port(p), ContainerPort = p.Port })];
        if (volume is not null)
            container.VolumeMounts.Add(new V1VolumeMount { Name = volume.Name, MountPath = volume.Path, ReadOnlyProperty = true });
        return container;
    }

    // Ends when the one-shot's work is done, in whichever version of it that was done.
    private V1Container Wait(DeployedService job) => Container($"wait-for-{job.Name}", job, job.Settings.WaitArguments, new DeploymentSettings { Cpu = 0.05, MemoryMiB = 256 });

    private V1Container Fill(DeployedService service, FilledVolume volume)
    {
        var container = Container($"fill-{volume.Name}", service, volume.FillArguments, new DeploymentSettings { Cpu = 0.25, MemoryMiB = 512 });
        container.Env = [.. container.Env.Where(e => e.ValueFrom is null && !e.Value.Contains("$(", StringComparison.Ordinal))];
        container.VolumeMounts.Add(new V1VolumeMount { Name = volume.Name, MountPath = volume.Path });
        return container;
    }

    private V1Container Container(string name, DeployedService service, IReadOnlyList<string> arguments, DeploymentSettings size) => new()
    {
        Name = name,
        Image = model.Image(service),
        ImagePullPolicy = "IfNotPresent",
        Args = arguments.Count > 0 ? [.. arguments] : null,
        EnvFrom = [new V1EnvFromSource { ConfigMapRef = new V1ConfigMapEnvSource { Name = names.Settings } }],
        Env = [.. Variables.Of(service, model, names)],
        Resources = Sizes.Of(size),
        SecurityContext = PodSecurity.OfContainer(),
        VolumeMounts = [new V1VolumeMount { Name = Scratch, MountPath = "/tmp" }],
    };

    private static IEnumerable<V1Volume> Volumes(FilledVolume? volume)
    {
        yield return new V1Volume { Name = Scratch, EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity("1Gi") } };
        if (volume is null)
            yield break;
        yield return new V1Volume
        {
            Name = volume.Name,
            Ephemeral = new V1EphemeralVolumeSource
            {
                VolumeClaimTemplate = new V1PersistentVolumeClaimTemplate
                {
                    Spec = new V1PersistentVolumeClaimSpec
                    {
                        AccessModes = ["ReadWriteOnce"],
                        Resources = new V1VolumeResourceRequirements
                        {
                            Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new(string.Create(CultureInfo.InvariantCulture, $"{volume.SizeGiB}Gi")) },
                        },
                    },
                },
            },
        };
    }
}
