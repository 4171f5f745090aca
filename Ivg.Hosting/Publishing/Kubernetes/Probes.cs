using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Publishing.Model;
using k8s.Models;

namespace Ivg.Hosting.Publishing.Kubernetes;

internal static class Probes
{
    public static void Apply(DeployedService service, V1Container container)
    {
        container.StartupProbe = Of(service, ProbeType.Startup);
        container.ReadinessProbe = Of(service, ProbeType.Readiness);
        container.LivenessProbe = Of(service, ProbeType.Liveness);
    }

    private static V1Probe? Of(DeployedService service, ProbeType type)
    {
        if (service.Probes.FirstOrDefault(p => p.Type == type) is not { } probe)
            return null;
        var ask = probe.Ask;
        return new V1Probe
        {
            HttpGet = new V1HTTPGetAction { Path = ask.Path, Port = Names.Port(service.Ports.First(p => p.Port == probe.Port)) },
            InitialDelaySeconds = ask.InitialDelaySeconds > 0 ? ask.InitialDelaySeconds : null,
            PeriodSeconds = ask.PeriodSeconds,
            TimeoutSeconds = ask.TimeoutSeconds,
            FailureThreshold = ask.FailureThreshold,
            SuccessThreshold = ask.SuccessThreshold > 1 ? ask.SuccessThreshold : null,
        };
    }
}
