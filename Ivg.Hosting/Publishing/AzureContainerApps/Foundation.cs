using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.AzureContainerApps;

/// <summary>What has to be there before the application: a registry to push to, a vault for secrets, an identity that may read both.</summary>
internal static class Foundation
{
    public static string Text(DeploymentModel model)
    {
        var required = string.Join('\n', Vault.OfOperator(model).Select(s => $"//   {Vault.NameOf(s.Key)}{(s.Optional ? " (optional)" : "")}{(s.Description.Length > 0 ? ": " + s.Description : "")}"));
        return $$"""
            // What {{model.Application}} needs before its first deployment: a registry, a vault, and an identity that may read both.
            //
            //   az deployment group create --resource-group GROUP --template-file foundation.bicep \
            //     --parameters vaultOfficer=$(az ad signed-in-user show --query id --output tsv)
            //
            // Then push the images to the registry that this prints, and put these into the vault that it prints, each with
            // az keyvault secret set --vault-name VAULT --name NAME --value VALUE
            {{required}}

            @description('Where everything is.')
            param location string = resourceGroup().location

            @description('Decide: Premium for replication over regions and private endpoints.')
            @allowed(['Basic', 'Standard', 'Premium'])
            param registrySku string = 'Basic'

            @description('Decide: object id of whoever puts the secrets into the vault. An owner of the group may not either without a role for data; empty gives none.')
            param vaultOfficer string = ''

            var suffix = uniqueString(resourceGroup().id)

            resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
              name: '{{model.Application}}-identity'
              location: location
            }

            resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
              name: '{{model.Application.Replace("-", "", StringComparison.Ordinal)}}${suffix}'
              location: location
              sku: {
                name: registrySku
              }
              properties: {
                adminUserEnabled: false
              }
            }

            resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
              name: take('{{model.Application}}-${suffix}', 24)
              location: location
              properties: {
                tenantId: subscription().tenantId
                sku: {
                  family: 'A'
                  name: 'standard'
                }
                enableRbacAuthorization: true
                // main.bicep reads passwords of servers from it.
                enabledForTemplateDeployment: true
                enablePurgeProtection: true
              }
            }

            var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')
            var keyVaultSecretsOfficer = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7')
            var keyVaultSecretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')

            resource mayPull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
              name: guid(registry.id, identity.id, acrPull)
              scope: registry
              properties: {
                roleDefinitionId: acrPull
                principalId: identity.properties.principalId
                principalType: 'ServicePrincipal'
              }
            }

            resource mayReadSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
              name: guid(vault.id, identity.id, keyVaultSecretsUser)
              scope: vault
              properties: {
                roleDefinitionId: keyVaultSecretsUser
                principalId: identity.properties.principalId
                principalType: 'ServicePrincipal'
              }
            }

            // A person or a pipeline: Azure looks up which.
            resource mayWriteSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(vaultOfficer)) {
              name: guid(vault.id, vaultOfficer, keyVaultSecretsOfficer)
              scope: vault
              properties: {
                roleDefinitionId: keyVaultSecretsOfficer
                principalId: vaultOfficer
              }
            }

            @description('Push the images here.')
            output registry string = registry.properties.loginServer

            @description('Put the secrets here.')
            output vault string = vault.name

            output identity string = identity.name

            """;
    }
}
