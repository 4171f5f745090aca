using System.Globalization;
using System.Text.Json.Nodes;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.AzureContainerApps;

/// <summary>How many replicas an app has, and by what.</summary>
internal static class AppScale
{
    /// <param name="document">Of the app's template; its scale is added to it.</param>
    /// <param name="redis">The server with the stream that the service follows, if it follows one.</param>
    public static YamlDocument Add(YamlDocument document, DeploymentSettings settings, DeployedServer? redis)
    {
        var all = new JsonObject { ["minReplicas"] = settings.MinReplicas, ["maxReplicas"] = settings.MostReplicas };
        document.Root["scale"] = all;
        document.With("/scale/maxReplicas", "Decide: what the budget, and whoever is called, can bear. Each replica brings its connections to the database.");
        if (settings.Scale is { } stream && redis is not null)
        {
            all["pollingInterval"] = 10;
            all["cooldownPeriod"] = 120;
            all["rules"] = new JsonArray(Rule(stream, redis));
            return document.With("/scale/minReplicas", "Decide: 0 saves the idle replica and costs the first caller its start.")
                .With("/scale/rules", "The length of the stream is what waits plus what runs, for entries are deleted when their work is done. No consumerGroup is\n"
                    + "named: with one, the rule would see what was delivered, never a queue. The length for one replica is\n" + stream.Reason);
        }

        if (settings.Load is { } load)
            all["rules"] = new JsonArray(new JsonObject
            {
                ["name"] = "requests",
                ["http"] = new JsonObject { ["metadata"] = new JsonObject { ["concurrentRequests"] = load.Requests.ToString(CultureInfo.InvariantCulture) } },
            });
        return document.With("/scale/minReplicas", "Decide: two outlive the loss of a machine.")
            .With("/scale/rules", settings.Load is null ? null : $"Decide: requests at once for one replica. {settings.Load.Reason}");
    }

    private static JsonObject Rule(StreamScale stream, DeployedServer redis)
    {
        var custom = new JsonObject
        {
            ["type"] = "redis-streams",
            ["metadata"] = new JsonObject
            {
                ["address"] = redis.External is { } external ? string.Create(CultureInfo.InvariantCulture, $"{external.Host}:{external.Port}") : "=redisAddress",
                ["enableTLS"] = redis.External is null || redis.External.Tls ? "true" : "false",
                ["stream"] = stream.Stream,
                ["streamLength"] = stream.Length.ToString(CultureInfo.InvariantCulture),
            },
        };
        // One that is elsewhere may have none.
        if (redis.PasswordKey is { } key)
            custom["auth"] = new JsonArray(new JsonObject { ["secretRef"] = Vault.NameOf(key), ["triggerParameter"] = "password" });
        return new JsonObject { ["name"] = "queue", ["custom"] = custom };
    }
}
