using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.AzureContainerApps;

/// <summary>PostgreSQL as a flexible server; services find the connection strings in the vault.</summary>
internal static class PostgresModule
{
    // What each size lets in, less the 15 connections that the platform keeps for itself.
    private static readonly (string Name, int Connections)[] Sizes =
        [("Standard_B2s", 414), ("Standard_B2ms", 844), ("Standard_B4ms", 1703), ("Standard_B8ms", 3422), ("Standard_B12ms", 4985)];

    public static string Text(DeployedServer server, DeploymentModel model)
    {
        var connections = model.Services.SelectMany(s => s.Variables).Select(v => v.Connection).OfType<DeployedConnection>().Where(c => c.Server == server).DistinctBy(c => c.Name);
        var needed = ConnectionBudget.Of(server, model);
        var size = Sizes.FirstOrDefault(s => s.Connections >= needed, Sizes[^1]);
        // One after the other: the server refuses a change while another is under way.
        var databases = string.Concat(server.Databases.Select((database, index) => $$"""

            resource {{Symbol.Of(database)}} 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
              parent: server
              name: '{{database}}'
              dependsOn: [
                {{(index == 0 ? "fromAzure" : Symbol.Of(server.Databases[index - 1]))}}
              ]
            }

            """));
        var secrets = string.Concat(connections.Select(connection => $$"""

            resource {{Symbol.Of(connection.Name)}}Connection 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
              parent: vault
              name: '{{Vault.NameOf(connection)}}'
              properties: {
                value: 'Host=${server.properties.fullyQualifiedDomainName};Port={{server.Port}};Username={{server.UserName}}admin;Password=${password};{{(connection.Database is null ? "" : $"Database={connection.Database};")}}SSL Mode=VerifyFull'
              }
            }

            """));
        return $$"""
            param location string
            param vaultName string

            @secure()
            param password string

            resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
              name: vaultName
            }

            resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
              name: '{{model.Application}}-{{server.Name}}-${uniqueString(resourceGroup().id)}'
              location: location
              // Decide: a burstable size is for trying things out. All replicas at most, and one more of each while a version is replaced,
              // open {{needed}} connections; this size lets in {{size.Connections}}.
              sku: {
                name: '{{size.Name}}'
                tier: 'Burstable'
              }
              properties: {
                version: '17'
                administratorLogin: '{{server.UserName}}admin'
                administratorLoginPassword: password
                storage: {
                  storageSizeGB: 64
                  autoGrow: 'Enabled'
                }
                backup: {
                  backupRetentionDays: 14
                  geoRedundantBackup: 'Disabled'
                }
                // Decide: ZoneRedundant, which needs a size that is not burstable.
                highAvailability: {
                  mode: 'Disabled'
                }
              }
            }

            // Decide: this lets in whatever runs in Azure and knows the password. With a network of your own, use a private endpoint instead.
            resource fromAzure 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2024-08-01' = {
              parent: server
              name: 'AllowAzure'
              properties: {
                startIpAddress: '0.0.0.0'
                endIpAddress: '0.0.0.0'
              }
            }
            {{databases}}{{secrets}}
            """.TrimEnd() + "\n";
    }
}
