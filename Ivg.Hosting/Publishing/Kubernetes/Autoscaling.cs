using Ivg.Hosting.Publishing.Model;
using k8s.Models;

namespace Ivg.Hosting.Publishing.Kubernetes;

/// <summary>Kubernetes' own autoscaler, for what follows its load.</summary>
internal static class Autoscaling
{
    private const int SlowDown = 60;

    public static YamlDocument Create(DeployedService service, LoadScale load, Names names) => Objects.Document(
            new V2HorizontalPodAutoscaler
            {
                Metadata = names.Meta(service.Name),
                Spec = new V2HorizontalPodAutoscalerSpec
                {
                    ScaleTargetRef = new V2CrossVersionObjectReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = service.Name },
                    MinReplicas = service.Settings.MinReplicas,
                    MaxReplicas = service.Settings.MostReplicas,
                    Metrics =
                    [
                        new V2MetricSpec
                        {
                            Type = "Resource",
                            Resource = new V2ResourceMetricSource { Name = "cpu", Target = new V2MetricTarget { Type = "Utilization", AverageUtilization = load.CpuPercent } },
                        },
                    ],
                    Behavior = new V2HorizontalPodAutoscalerBehavior
                    {
                        // Who goes ends its requests: one at a time.
                        ScaleDown = new V2HPAScalingRules { Policies = [new V2HPAScalingPolicy { Type = "Pods", Value = 1, PeriodSeconds = SlowDown }] },
                    },
                },
            },
            "autoscaling/v2", "HorizontalPodAutoscaler")
        .With("", "How many replicas, by processor time. It takes the metrics server, which most clusters have.")
        .With("/spec/minReplicas", "Decide: two outlive the loss of a node.")
        .With("/spec/maxReplicas", "Decide: what the budget can bear, and the database: each replica brings its connections.")
        .With("/spec/metrics", "Of the processor time that a pod asks for, not of its limit.");
}
