using System.Globalization;
using k8s.Models;

namespace Ivg.Hosting.Publishing.Kubernetes;

internal static class Sizes
{
    private const int Burst = 4;

    /// <summary>Memory is what is asked for, no more: who exceeds it is killed, wherever it runs. Processors may be borrowed.</summary>
    public static V1ResourceRequirements Of(DeploymentSettings settings) => new()
    {
        Requests = Of(settings.Cpu, settings.MemoryMiB),
        Limits = Of(settings.Cpu * Burst, settings.MemoryMiB),
    };

    private static Dictionary<string, ResourceQuantity> Of(double cpu, int memory) => new()
    {
        ["cpu"] = new(string.Create(CultureInfo.InvariantCulture, $"{cpu * 1000:0}m")),
        ["memory"] = new(string.Create(CultureInfo.InvariantCulture, $"{memory}Mi")),
    };
}
