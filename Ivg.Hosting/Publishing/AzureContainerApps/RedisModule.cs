using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.AzureContainerApps;

/// <summary>Azure Managed Redis; its key goes from it into the vault, past everybody.</summary>
internal static class RedisModule
{
    public const int Port = 10000;

    public static string Text(DeployedServer server, DeploymentModel model)
    {
        var connections = model.Services.SelectMany(s => s.Variables).Select(v => v.Connection).OfType<DeployedConnection>().Where(c => c.Server == server).DistinctBy(c => c.Name);
        var secrets = string.Concat(connections.Select(connection => $$"""

            resource {{Symbol.Of(connection.Name)}}Connection 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
              parent: vault
              name: '{{Vault.NameOf(connection)}}'
              properties: {
                value: '${server.properties.hostName}:{{Port}},ssl=True,password=${database.listKeys().primaryKey}'
              }
            }

            """));
        return $$"""
            param location string
            param vaultName string

            resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
              name: vaultName
            }

            resource server 'Microsoft.Cache/redisEnterprise@2025-04-01' = {
              name: '{{model.Application}}-{{server.Name}}-${uniqueString(resourceGroup().id)}'
              location: location
              // Decide: the smallest size. Streams carry ids alone, so it goes a long way.
              sku: {
                name: 'Balanced_B0'
              }
              properties: {
                minimumTlsVersion: '1.2'
              }
            }

            resource database 'Microsoft.Cache/redisEnterprise/databases@2025-04-01' = {
              parent: server
              name: 'default'
              properties: {
                clientProtocol: 'Encrypted'
                port: {{Port}}
                // One address for all shards: not every client, KEDA's among them, speaks to a cluster.
                clusteringPolicy: 'EnterpriseCluster'
                evictionPolicy: 'NoEviction'
                accessKeysAuthentication: 'Enabled'
                persistence: {
                  aofEnabled: true
                  aofFrequency: '1s'
                }
              }
            }
            {{secrets}}
            resource passwordSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
              parent: vault
              name: '{{Vault.NameOf(server.PasswordKey ?? $"{server.Name}-password")}}'
              properties: {
                value: database.listKeys().primaryKey
              }
            }

            output address string = '${server.properties.hostName}:{{Port}}'

            """;
    }
}
