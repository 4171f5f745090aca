using System.Globalization;
using Ivg.Hosting.Publishing.Model;
using k8s.Models;

namespace Ivg.Hosting.Publishing.Kubernetes;

/// <summary>PostgreSQL and Redis, one pod each with a volume of its own.</summary>
internal static class Servers
{
    private const string PortName = "tcp";
    private const string Data = "data";

    public static IEnumerable<YamlDocument> Create(DeployedServer server, DeploymentModel model, Names names)
    {
        var image = ServerImages.Of(server, model);
        yield return Objects.Document(
                new V1StatefulSet
                {
                    Metadata = names.Meta(server.Name),
                    Spec = new V1StatefulSetSpec
                    {
                        ServiceName = server.Name,
                        Replicas = 1,
                        Selector = new V1LabelSelector { MatchLabels = names.Selector(server.Name) },
                        Template = new V1PodTemplateSpec
                        {
                            Metadata = new V1ObjectMeta { Labels = names.Selector(server.Name) },
                            Spec = Pod(server, image, names),
                        },
                        VolumeClaimTemplates = [Claim(image)],
                    },
                },
                "apps/v1", "StatefulSet")
            .With("", $"One {server.Kind} without a stand-in. Decide: a managed one is the better choice where data matters; publish again with\nConnectionStrings__{(server.Kind == ServerKind.Postgres ? server.Databases[0] : server.Name)} set, and this file is gone. Otherwise see to backups.")
            .With("/spec/volumeClaimTemplates/0/spec/resources", "Decide: how much, and add storageClassName where the cluster's default is not fast enough.")
            .With("/spec/template/spec/containers/0/args", image.ArgumentsComment)
            .With("/spec/template/spec/containers/0/resources", "Decide: these are starting points.");
        yield return Objects.Document(
            new V1Service
            {
                Metadata = names.Meta(server.Name),
                Spec = new V1ServiceSpec
                {
                    Selector = names.Selector(server.Name),
                    Ports = [new V1ServicePort { Name = PortName, Port = server.Port, TargetPort = PortName }],
                },
            },
            "v1", "Service");
    }

    private static V1PodSpec Pod(DeployedServer server, ServerImage image, Names names) => new()
    {
        AutomountServiceAccountToken = false,
        TerminationGracePeriodSeconds = 60,
        SecurityContext = PodSecurity.Of(image.User),
        Containers =
        [
            new V1Container
            {
                Name = server.Name,
                Image = image.Image,
                ImagePullPolicy = "IfNotPresent",
                Command = image.Command.Count > 0 ? [.. image.Command] : null,
                Args = image.Arguments.Count > 0 ? [.. image.Arguments] : null,
                Env = [.. Env(server, image, names)],
                Ports = [new V1ContainerPort { Name = PortName, ContainerPort = server.Port }],
                StartupProbe = Probe(image, period: 2, failures: 60),
                ReadinessProbe = Probe(image, period: 5, failures: 3),
                LivenessProbe = Probe(image, period: 10, failures: 6),
                Resources = Sizes.Of(new DeploymentSettings { Cpu = image.Cpu, MemoryMiB = image.MemoryMiB }),
                SecurityContext = PodSecurity.OfContainer(),
                VolumeMounts =
                [
                    new V1VolumeMount { Name = Data, MountPath = image.DataPath },
                    .. image.ScratchPaths.Select((path, i) => new V1VolumeMount { Name = Scratch(i), MountPath = path }),
                ],
            },
        ],
        Volumes = [.. image.ScratchPaths.Select((_, i) => new V1Volume { Name = Scratch(i), EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity("256Mi") } })],
    };

    private static IEnumerable<V1EnvVar> Env(DeployedServer server, ServerImage image, Names names)
    {
        if (server.PasswordKey is { } key)
            yield return Variables.FromSecret(image.PasswordVariable, key, names);
        foreach (var (name, value) in image.Environment)
            yield return new V1EnvVar { Name = name, Value = value };
    }

    private static V1Probe Probe(ServerImage image, int period, int failures) => new()
    {
        Exec = new V1ExecAction { Command = [.. image.HealthCommand] },
        PeriodSeconds = period,
        TimeoutSeconds = 5,
        FailureThreshold = failures,
    };

    private static V1PersistentVolumeClaim Claim(ServerImage image) => new()
    {
        Metadata = new V1ObjectMeta { Name = Data },
        Spec = new V1PersistentVolumeClaimSpec
        {
            AccessModes = ["ReadWriteOnce"],
            Resources = new V1VolumeResourceRequirements
            {
                Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new(string.Create(CultureInfo.InvariantCulture, $"{image.StorageGiB}Gi")) },
            },
        },
    };

    private static string Scratch(int index) => string.Create(CultureInfo.InvariantCulture, $"scratch-{index}");
}
