using System.Globalization;
using System.Text.RegularExpressions;
using k8s.Models;

namespace Ivg.Tests.Publishing;

/// <summary>Every service scales, and when all have, the database still lets them in.</summary>
public sealed partial class ScalingTests
{
    // What Azure lets in, less what it keeps for itself.
    private static readonly Dictionary<string, int> Sizes = new() { ["Standard_B2s"] = 414, ["Standard_B2ms"] = 844 };

    [Fact]
    public async Task Kubernetes_ScalesTheApiByProcessorTimeAndNobodyElseSaysHowMany()
    {
        using var published = await Published.CreateAsync("kubernetes");
        var objects = new KubernetesObjects(published);
        var scaler = Assert.Single(objects.Of<V2HorizontalPodAutoscaler>());
        Assert.Equal(("Deployment", "api"), (scaler.Spec.ScaleTargetRef.Kind, scaler.Spec.ScaleTargetRef.Name));
        Assert.True(scaler.Spec is { MinReplicas: 2, MaxReplicas: > 2 });
        var target = Assert.Single(objects.Of<V1Deployment>(), deployment => deployment.Name() == "api");
        Assert.Null(target.Spec.Replicas);
        // A share of what is asked for needs something to be asked for.
        Assert.True(target.Spec.Template.Spec.Containers.All(container => container.Resources.Requests.ContainsKey("cpu")));
    }

    [Theory]
    [InlineData("api", "http:")]
    [InlineData("generate-worker", "type: 'redis-streams'")]
    [InlineData("bg-worker", "type: 'redis-streams'")]
    public async Task Azure_ScalesEveryAppByARule(string app, string rule)
    {
        using var published = await Published.CreateAsync("azure-container-apps");
        var text = published[$"{app}.bicep"];
        Assert.True(Number(Most().Match(text)) > Number(Least().Match(text)));
        Assert.Contains(rule, text[text.IndexOf("scale: {", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kubernetes_ConnectionsOfAllReplicas_FitTheServer()
    {
        using var published = await Published.CreateAsync("kubernetes");
        var objects = new KubernetesObjects(published);
        var most = objects.Scaling.Where(one => one["kind"].ToString() == "ScaledObject")
            .ToDictionary(one => one["metadata"]["name"].ToString(), one => int.Parse(one["spec"]["maxReplicaCount"].ToString(), CultureInfo.InvariantCulture));
        foreach (var scaler in objects.Of<V2HorizontalPodAutoscaler>()) most.Add(scaler.Name(), scaler.Spec.MaxReplicas);
        var connections = 0;
        foreach (var (name, template) in objects.Pods.Where(pod => !objects.Of<V1StatefulSet>().Any(set => set.Name() == pod.Name)))
        {
            // Those that wait end before the container starts whose place they took.
            var pool = template.Spec.Containers.Concat(template.Spec.InitContainers ?? []).Where(container => container.Env.Any(one => one.Name == "ConnectionStrings__ivgdb"))
                .Max(container => int.Parse(container.Env.Single(one => one.Name == "DATABASE_POOL_SIZE").Value, CultureInfo.InvariantCulture));
            var deployed = objects.Of<V1Deployment>().SingleOrDefault(deployment => deployment.Name() == name);
            connections += pool * (deployed is null ? 1 : most[name] + int.Parse(deployed.Spec.Strategy.RollingUpdate.MaxSurge.Value, CultureInfo.InvariantCulture));
        }

        var server = Number(Connections().Match(published["postgres.yaml"]));
        Assert.InRange(connections, 200, server - 3);
        using var compose = await Published.CreateAsync("docker-compose");
        Assert.Equal(server, Number(Connections().Match(compose["compose.yaml"])));
    }

    [Fact]
    public async Task Azure_ConnectionsOfAllReplicas_FitTheServersSize()
    {
        using var published = await Published.CreateAsync("azure-container-apps");
        var connections = published.Files.Values.Where(text => text.Contains("name: 'ConnectionStrings__ivgdb'", StringComparison.Ordinal))
            .Sum(text => (Most().Match(text) is { Success: true } most ? Number(most) + 1 : 1) * Pool().Matches(text).Max(Number));
        Assert.InRange(connections, 200, Sizes[Size().Match(published["postgres.bicep"]).Groups[1].Value]);
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"maxReplicas: (\d+)")]
    private static partial Regex Most();

    [GeneratedRegex(@"minReplicas: (\d+)")]
    private static partial Regex Least();

    [GeneratedRegex(@"max_connections=(\d+)")]
    private static partial Regex Connections();

    [GeneratedRegex(@"name: 'DATABASE_POOL_SIZE'\s+value: '(\d+)'")]
    private static partial Regex Pool();

    [GeneratedRegex("name: '(Standard_[^']+)'")]
    private static partial Regex Size();
}
