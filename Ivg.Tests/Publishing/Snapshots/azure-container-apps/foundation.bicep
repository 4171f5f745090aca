// What ivg needs before its first deployment: a registry, a vault, and an identity that may read both.
//
//   az deployment group create --resource-group GROUP --template-file foundation.bicep
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
    enablePurgeProtection: true
  }
}

var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')
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

@description('Push the images here.')
output registry string = registry.properties.loginServer

@description('Put the secrets here.')
output vault string = vault.name

output identity string = identity.name
