using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Ivg.Hosting.Publishing.Model;
using k8s;
using k8s.Models;

namespace Ivg.Hosting.Publishing.Kubernetes;

/// <summary>Deployments, Jobs and CronJobs with what belongs to them.</summary>
internal sealed partial class Workloads(DeploymentModel model, Names names, PodFactory pods)
{
    private const string Pod = "/spec/template/spec";

    public IEnumerable<YamlDocument> Create(DeployedService service)
    {
        if (service.RunsOnce)
        {
            yield return Job(service);
            yield break;
        }

        yield return Deployment(service);
        if (service.Settings is { Scale: null, Load: { } load })
            yield return Autoscaling.Create(service, load, names);
        if (service.Ports.Count > 0 && (service.Ports.Any(p => p.IsExternal) || IsCalled(service)))
            yield return Service(service);
        yield return Budget(service);
    }

    public YamlDocument Schedule(DeployedService service, ScheduledRun run) => Objects.Document(
            new V1CronJob
            {
                Metadata = names.Meta(run.Name),
                Spec = new V1CronJobSpec
                {
                    Schedule = run.Cron,
                    TimeZone = "Etc/UTC",
                    ConcurrencyPolicy = "Forbid",
                    StartingDeadlineSeconds = 3600,
                    SuccessfulJobsHistoryLimit = 1,
                    FailedJobsHistoryLimit = 3,
                    JobTemplate = new V1JobTemplateSpec
                    {
                        Spec = new V1JobSpec { BackoffLimit = 2, Template = pods.Template(service, run.Name, run.Arguments, [service.Name], "Never") },
                    },
                },
            },
            "batch/v1", "CronJob")
        .With("/spec/schedule", "Decide: when there is least to do.");

    private YamlDocument Job(DeployedService service)
    {
        var template = pods.Template(service, service.Name, service.Arguments, service.After, "Never");
        var name = $"{service.Name}-{Version(template)}";
        var document = Objects.Document(
            new V1Job { Metadata = names.Meta(name, service.Name), Spec = new V1JobSpec { BackoffLimit = 10, Template = template } }, "batch/v1", "Job");
        return document.With("", $"A Job cannot be changed, and one that has run does not run again. The name has the version and a part of the\nchecksum of the pod, so that each new version runs, and the same one is left alone. Services wait for its work, not for\nits name. Those of earlier versions stay as a record: kubectl delete job -l app.kubernetes.io/name={service.Name}");
    }

    private YamlDocument Deployment(DeployedService service)
    {
        var settings = service.Settings;
        var template = pods.Template(service, service.Name, service.Arguments, service.After, "Always");
        var container = template.Spec.Containers[0];
        Probes.Apply(service, container);
        template.Spec.TerminationGracePeriodSeconds = settings.GraceSeconds;
        // Requests come on for a moment after a pod was told to stop: the endpoints are taken back elsewhere.
        if (service.Ports.Any(p => p.IsExternal))
            container.Lifecycle = new V1Lifecycle { PreStop = new V1LifecycleHandler { Sleep = new V1SleepAction { Seconds = 5 } } };
        template.Spec.TopologySpreadConstraints =
        [
            new V1TopologySpreadConstraint
            {
                MaxSkew = 1,
                TopologyKey = "kubernetes.io/hostname",
                WhenUnsatisfiable = "ScheduleAnyway",
                LabelSelector = new V1LabelSelector { MatchLabels = names.Selector(service.Name) },
            },
        ];
        return Objects.Document(
                new V1Deployment
                {
                    Metadata = names.Meta(service.Name),
                    Spec = new V1DeploymentSpec
                    {
                        // Whoever scales it says how many; to say it here too would undo that with every apply.
                        Replicas = settings is { Scale: null, Load: null } ? settings.MinReplicas : null,
                        RevisionHistoryLimit = 3,
                        Selector = new V1LabelSelector { MatchLabels = names.Selector(service.Name) },
                        Strategy = new V1DeploymentStrategy
                        {
                            Type = "RollingUpdate",
                            RollingUpdate = new V1RollingUpdateDeployment { MaxUnavailable = 0, MaxSurge = 1 },
                        },
                        Template = template,
                    },
                },
                "apps/v1", "Deployment")
            .With("/spec/replicas", "Decide: two outlive the loss of a node.")
            .With($"{Pod}/terminationGracePeriodSeconds", settings.Scale is null ? null : "What runs when the pod is told to stop may finish within this time; the rest is handed back to the queue.")
            .With($"{Pod}/containers/0/resources", "Decide: these are starting points. Look at what the pods use.")
            .With($"{Pod}/volumes/1", settings.Volume is null ? null : "Decide: each pod has its own, filled anew. With a storage class that many nodes can share (ReadWriteMany), a\nPersistentVolumeClaim in its place is filled once for all.");
    }

    private YamlDocument Service(DeployedService service) => Objects.Document(
        new V1Service
        {
            Metadata = names.Meta(service.Name),
            Spec = new V1ServiceSpec
            {
                Selector = names.Selector(service.Name),
                Ports = [.. service.Ports.Select(p => new V1ServicePort { Name = Names.Port(p), Port = p.Port, TargetPort = Names.Port(p) })],
            },
        },
        "v1", "Service");

    private YamlDocument Budget(DeployedService service) => Objects.Document(
        new V1PodDisruptionBudget
        {
            Metadata = names.Meta(service.Name),
            Spec = new V1PodDisruptionBudgetSpec { MaxUnavailable = 1, Selector = new V1LabelSelector { MatchLabels = names.Selector(service.Name) } },
        },
        "policy/v1", "PodDisruptionBudget");

    private bool IsCalled(DeployedService service)
        => model.Services.SelectMany(s => s.Variables).SelectMany(v => v.Parts).Any(p => p is ValuePart.Host host && host.Resource == service.Name);

    private string Version(V1PodTemplateSpec template)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(KubernetesJson.Serialize(template)));
        return $"{NotInNames().Replace(model.Tag.ToLowerInvariant(), "-").Trim('-')}-{Convert.ToHexStringLower(hash)[..6]}";
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames();
}
