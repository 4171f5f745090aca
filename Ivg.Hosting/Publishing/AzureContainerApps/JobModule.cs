using System.Text.Json.Nodes;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.AzureContainerApps;

/// <summary>One-shots and runs by the clock as jobs.</summary>
internal static class JobModule
{
    public static string Manual(DeployedService service, DeploymentModel model) => Text(service, service.Name, service.Arguments, model, $$"""
        // Deploying does not run it: az containerapp job start --name {{service.Name}} --resource-group GROUP, after each deployment of a new version.
              // Services of that version wait for its work.
              triggerType: 'Manual'
              manualTriggerConfig: {
                parallelism: 1
                replicaCompletionCount: 1
              }
        """);

    public static string Scheduled(DeployedService service, ScheduledRun run, DeploymentModel model) => Text(service, run.Name, run.Arguments, model, $$"""
        triggerType: 'Schedule'
              scheduleTriggerConfig: {
                // Decide: when there is least to do, in UTC.
                cronExpression: '{{run.Cron}}'
                parallelism: 1
                replicaCompletionCount: 1
              }
        """);

    private static string Text(DeployedService service, string name, IReadOnlyList<string> arguments, DeploymentModel model, string trigger)
    {
        var template = new JsonObject { ["containers"] = new JsonArray(ContainerParts.Container(name, service, arguments, model, service.Settings)) };
        return ContainerParts.Parameters + ContainerParts.OptionalPart(service, model) + ContainerParts.SettingsPart(service, model) + $$"""

            resource job 'Microsoft.App/jobs@2025-01-01' = {
              name: '{{name}}'
              location: location
              identity: {
                type: 'UserAssigned'
                userAssignedIdentities: {
                  '${identityId}': {}
                }
              }
              properties: {
                environmentId: environmentId
                workloadProfileName: 'Consumption'
                configuration: {
                  {{trigger}}
                  replicaTimeout: 3600
                  replicaRetryLimit: 5
                  registries: [
                    {
                      server: registry
                      identity: identityId
                    }
                  ]
                  secrets: {{ContainerParts.Secrets(service, model, [])}}
                }
                template: {{BicepText.Value(new YamlDocument(template), 2)}}
              }
            }

            """;
    }
}
