using System.Text.Json.Nodes;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.AzureContainerApps;

/// <summary>A service as a container app.</summary>
internal static class AppModule
{
    // What the platform allows.
    private const int MostFailures = 10;
    private const int LongestPeriod = 240;

    public static string Text(DeployedService service, DeploymentModel model)
    {
        var settings = service.Settings;
        var scale = settings.Scale is null ? null : model.Servers.Single(s => s.Name == settings.Scale.Redis.Name);
        string[] more = scale?.PasswordKey is { } key ? [Vault.NameOf(key)] : [];
        return ContainerParts.Parameters + (scale is { External: null } ? "param redisAddress string\n" : "") + ContainerParts.OptionalPart(service, model)
            + ContainerParts.SettingsPart(service, model) + $$"""

            resource app 'Microsoft.App/containerApps@2025-01-01' = {
              name: '{{service.Name}}'
              location: location
              identity: {
                type: 'UserAssigned'
                userAssignedIdentities: {
                  '${identityId}': {}
                }
              }
              properties: {
                environmentId: environmentId
                workloadProfileName: '{{(ManagedEnvironment.IsLarge(settings) ? ManagedEnvironment.LargeProfile : "Consumption")}}'
                configuration: {
                  activeRevisionsMode: 'Single'
                  maxInactiveRevisions: 5
                  registries: [
                    {
                      server: registry
                      identity: identityId
                    }
                  ]
                  secrets: {{ContainerParts.Secrets(service, model, more)}}{{Ingress(service)}}
                }
                template: {{BicepText.Value(Template(service, model, scale), 2)}}
              }
            }

            """;
    }

    private static string Ingress(DeployedService service) => service.Ports.FirstOrDefault(p => p.IsExternal) is not { } port ? "" : $$"""

              // The platform cuts a request that says nothing for 240 s; a stream must say something, or end, before that.
              ingress: {
                external: true
                targetPort: {{port.Port}}
                transport: 'auto'
                allowInsecure: false
              }
        """;

    private static YamlDocument Template(DeployedService service, DeploymentModel model, DeployedServer? redis)
    {
        var settings = service.Settings;
        var container = ContainerParts.Container(service.Name, service, service.Arguments, model, settings);
        container["probes"] = new JsonArray([.. service.Probes.Select(Probe)]);
        var template = new JsonObject { ["terminationGracePeriodSeconds"] = settings.GraceSeconds };
        List<JsonObject> before = [.. service.After.Select(model.Service).Where(s => s.Settings.WaitArguments.Count > 0)
            .Select(job => ContainerParts.Container($"wait-for-{job.Name}", job, job.Settings.WaitArguments, model, new DeploymentSettings { Cpu = 0.25, MemoryMiB = 512 }))];
        if (settings.Volume is { } volume)
        {
            var fill = ContainerParts.Container($"fill-{volume.Name}", service, volume.FillArguments, model, new DeploymentSettings { Cpu = 0.5, MemoryMiB = 1024 }, withSecrets: false);
            fill["volumeMounts"] = Mount(volume);
            container["volumeMounts"] = Mount(volume);
            before.Add(fill);
            template["volumes"] = new JsonArray(new JsonObject { ["name"] = volume.Name, ["storageType"] = "EmptyDir" });
        }

        if (before.Count > 0)
            template["initContainers"] = new JsonArray([.. before]);
        template["containers"] = new JsonArray(container);
        return AppScale.Add(new YamlDocument(template), settings, redis).With("/volumes", "Each replica has its own, filled anew.");
    }

    private static JsonObject Probe(DeployedProbe probe)
    {
        var ask = probe.Ask;
        var failures = Math.Min(ask.FailureThreshold, MostFailures);
        var period = Math.Min(LongestPeriod, (int)Math.Ceiling((double)ask.PeriodSeconds * ask.FailureThreshold / failures));
        return new JsonObject
        {
            ["type"] = probe.Type.ToString(),
            ["httpGet"] = new JsonObject { ["path"] = ask.Path, ["port"] = probe.Port, ["scheme"] = "HTTP" },
            ["periodSeconds"] = period,
            ["timeoutSeconds"] = ask.TimeoutSeconds,
            ["failureThreshold"] = failures,
        };
    }

    private static JsonArray Mount(FilledVolume volume) => new(new JsonObject { ["volumeName"] = volume.Name, ["mountPath"] = volume.Path });
}
