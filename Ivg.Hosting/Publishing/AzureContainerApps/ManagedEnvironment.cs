using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.AzureContainerApps;

/// <summary>The environment that apps and jobs run in.</summary>
internal static class ManagedEnvironment
{
    /// <summary>A replica of the consumption profile has no more; larger ones need machines of their own.</summary>
    public const int LargestMemoryMiB = 8 * 1024;

    /// <summary>The profile of those.</summary>
    public const string LargeProfile = "large";

    public static bool IsLarge(DeploymentSettings settings) => settings.MemoryMiB > LargestMemoryMiB;

    public static string Text(DeploymentModel model)
    {
        var large = !model.Services.Any(s => IsLarge(s.Settings)) ? "" : $$"""

                  // Decide: for replicas that need more than the 8 GiB of the consumption profile. Each machine has 8 cores and 32 GiB.
                  {
                    name: '{{LargeProfile}}'
                    workloadProfileType: 'D8'
                    minimumCount: 0
                    maximumCount: 5
                  }
            """;
        return $$"""
            param location string

            resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
              name: '{{model.Application}}-logs'
              location: location
              properties: {
                sku: {
                  name: 'PerGB2018'
                }
                // Decide: how long logs are kept.
                retentionInDays: 30
              }
            }

            resource environment 'Microsoft.App/managedEnvironments@2025-01-01' = {
              name: '{{model.Application}}-environment'
              location: location
              properties: {
                appLogsConfiguration: {
                  destination: 'log-analytics'
                  logAnalyticsConfiguration: {
                    customerId: logs.properties.customerId
                    sharedKey: logs.listKeys().primarySharedKey
                  }
                }
                // Decide: vnetConfiguration with a subnet of your own, if the servers are to be unreachable from elsewhere. It cannot be added later.
                workloadProfiles: [
                  {
                    name: 'Consumption'
                    workloadProfileType: 'Consumption'
                  }{{large}}
                ]
              }
            }

            output id string = environment.id

            """;
    }
}
