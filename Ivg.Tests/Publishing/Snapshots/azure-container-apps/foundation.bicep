// What ivg needs before its first deployment: a registry, a vault, and an identity that may read both.
//
//   az deployment group create --resource-group GROUP --template-file foundation.bicep \
//     --parameters vaultOfficer=$(az ad signed-in-user show --query id --output tsv)
//
// Then push the images to the registry that this prints, and put these into the vault that it prints, each with
// az keyvault secret set --vault-name VAULT --name NAME --value VALUE
//   postgres-password: Make one up: letters and digits alone, for it goes into connection strings.
//   app-secret-key: Signs the session cookie: 32 random characters or more, as from openssl rand -hex 32.
//   gemini-api-key
//   platform-api-keys (optional): Keys of the platforms that embed IVG, separated by commas.
//   webhook-secret (optional): Signs webhooks: whsec_ and 24 to 64 bytes as base64, as from echo whsec_$(openssl rand -base64 32).

@description('Where everything is.')
param location string = resourceGroup().location

@description('Decide: Premium for replication over regions and private endpoints.')
@allowed(['Basic', 'Standard', 'Premium'])
param registrySku string = 'Basic'

@description('Decide: object id of whoever puts the secrets into the vault. An owner of the group may not either without a role for data; empty gives none.')
param vaultOfficer string = ''

var suffix = uniqueString(resourceGroup().id)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'ivg-identity'
  location: location
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: 'ivg${suffix}'
  location: location
  sku: {
    name: registrySku
  }
  properties: {
    adminUserEnabled: false
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('ivg-${suffix}', 24)
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
