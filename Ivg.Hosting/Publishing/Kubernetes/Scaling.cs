using System.Globalization;
using System.Text.Json.Nodes;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.Kubernetes;

/// <summary>KEDA's objects. Its API is not Kubernetes' own, so there are no types for it here.</summary>
internal static class Scaling
{
    private const string ApiVersion = "keda.sh/v1alpha1";

    private const string Why = """
        How many replicas, by the length of a Redis stream. An entry is deleted when its work is done, so the length is what waits
        plus what runs. That is why no consumerGroup is named here: with one, KEDA looks at what was delivered and not yet
        acknowledged, which never exceeds what the replicas have in hand and so never shows a queue; or, with lagCount, at what was
        not yet delivered, which is 0 while every replica is busy, and scaling in would then stop running work.
        """;

    public static IEnumerable<YamlDocument> Create(DeploymentModel model, Names names)
    {
        var scaled = model.Services.Where(s => s.Settings.Scale is not null).ToArray();
        foreach (var redis in scaled.Select(s => Server(model, s)).Where(r => r.PasswordKey is not null).Distinct())
            yield return Authentication(redis, names);
        var first = true;
        foreach (var service in scaled)
        {
            yield return ScaledObject(service, Server(model, service), names).With("", first ? Why : null);
            first = false;
        }
    }

    private static DeployedServer Server(DeploymentModel model, DeployedService service) => model.Servers.Single(s => s.Name == service.Settings.Scale!.Redis.Name);

    private static YamlDocument Authentication(DeployedServer redis, Names names) => new(new JsonObject
    {
        ["apiVersion"] = ApiVersion,
        ["kind"] = "TriggerAuthentication",
        ["metadata"] = Meta(redis.Name, names),
        ["spec"] = new JsonObject
        {
            ["secretTargetRef"] = new JsonArray(new JsonObject { ["parameter"] = "password", ["name"] = names.Secret, ["key"] = redis.PasswordKey }),
        },
    });

    private static YamlDocument ScaledObject(DeployedService service, DeployedServer redis, Names names)
    {
        var settings = service.Settings;
        var scale = settings.Scale!;
        var metadata = new JsonObject
        {
            ["address"] = redis.External is { } external
                ? string.Create(CultureInfo.InvariantCulture, $"{external.Host}:{external.Port}")
                : string.Create(CultureInfo.InvariantCulture, $"{names.FullHost(redis.Name)}:{redis.Port}"),
            ["stream"] = scale.Stream,
            ["streamLength"] = scale.Length.ToString(CultureInfo.InvariantCulture),
        };
        if (redis.External is { Tls: true })
            metadata["enableTLS"] = "true";
        var trigger = new JsonObject { ["type"] = "redis-streams", ["metadata"] = metadata };
        if (redis.PasswordKey is not null)
            trigger["authenticationRef"] = new JsonObject { ["name"] = redis.Name };
        return new YamlDocument(new JsonObject
            {
                ["apiVersion"] = ApiVersion,
                ["kind"] = "ScaledObject",
                ["metadata"] = Meta(service.Name, names),
                ["spec"] = new JsonObject
                {
                    ["scaleTargetRef"] = new JsonObject { ["name"] = service.Name },
                    ["pollingInterval"] = 5,
                    ["cooldownPeriod"] = 120,
                    ["minReplicaCount"] = settings.MinReplicas,
                    ["maxReplicaCount"] = settings.MostReplicas,
                    ["fallback"] = new JsonObject { ["failureThreshold"] = 3, ["replicas"] = Math.Min(3, settings.MostReplicas) },
                    ["advanced"] = new JsonObject
                    {
                        ["horizontalPodAutoscalerConfig"] = new JsonObject
                        {
                            ["behavior"] = new JsonObject
                            {
                                ["scaleUp"] = Behaviour(0, "Percent", 100, 15),
                                ["scaleDown"] = Behaviour(120, "Pods", 1, 30),
                            },
                        },
                    },
                    ["triggers"] = new JsonArray(trigger),
                },
            })
            .With("/spec/minReplicaCount", "Decide: 0 saves the idle replica and costs the first caller its start.")
            .With("/spec/maxReplicaCount", "Decide: what the budget, and whoever is called, can bear.")
            .With("/spec/fallback", "When Redis does not answer KEDA.")
            .With("/spec/triggers/0/metadata/address", redis.External is null ? "KEDA asks from its own namespace, so the name is whole: change it with the namespace." : null)
            .With("/spec/triggers/0/metadata/streamLength", scale.Reason);
    }

    private static JsonObject Behaviour(int window, string type, int value, int period) => new()
    {
        ["stabilizationWindowSeconds"] = window,
        ["policies"] = new JsonArray(new JsonObject { ["type"] = type, ["value"] = value, ["periodSeconds"] = period }),
    };

    private static JsonObject Meta(string name, Names names) => new()
    {
        ["name"] = name,
        ["labels"] = new JsonObject([.. names.Selector(name).Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))]),
    };
}
