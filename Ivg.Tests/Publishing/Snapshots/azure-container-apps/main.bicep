// ivg on Azure Container Apps. After foundation.bicep:
//
//   az deployment group create --resource-group GROUP --template-file main.bicep --parameters registryName=… vaultName=… tag=…
//   az containerapp job start --name migrator --resource-group GROUP

@description('Where everything is.')
param location string = resourceGroup().location

@description('The registry that foundation.bicep made.')
param registryName string

@description('The vault that foundation.bicep made.')
param vaultName string

@description('Version of the images.')
param tag string = '1.0.0'

@description('Decide: where telemetry goes, as in http://collector:4317. Empty sends none.')
param telemetryEndpoint string = ''

@description('Settings of all services by name; what a module sets itself stands.')
param settings { *: string } = {
  // Decide: addresses or networks, separated by commas, of the proxies that stand before the API, as they reach it. Only their
  // X-Forwarded-* headers are believed; callers must not be in these networks themselves. Empty believes nobody: then every
  // caller has the proxy's address, which limits count by, and cookies are not marked Secure.
  TRUSTED_PROXIES: '100.64.0.0/10'
  // Decide: calls a minute that one session, and one address, may make to a replica of the API; 0 is no limit. Calls with a
  // platform key are counted by session alone. Submits of a session:
  RATE_SUBMITS_PER_SESSION: '60'
  // Submits of an address: thirty people behind it have twenty each.
  RATE_SUBMITS_PER_ADDRESS: '600'
  // All other calls of a session.
  RATE_READS_PER_SESSION: '1200'
  // All other calls of an address: thirty people behind it have 400 each. Where TRUSTED_PROXIES is wrong, it is everybody's.
  RATE_READS_PER_ADDRESS: '12000'
}

@description('Which of the optional secrets the vault has.')
param optionalSecrets string[] = []

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: 'ivg-identity'
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

module environment 'environment.bicep' = {
  params: {
    location: location
  }
}

module postgres 'postgres.bicep' = {
  params: {
    location: location
    vaultName: vaultName
    password: vault.getSecret('postgres-password')
  }
}

module redis 'redis.bicep' = {
  params: {
    location: location
    vaultName: vaultName
  }
}

module migrator 'migrator.bicep' = {
  params: {
    location: location
    environmentId: environment.outputs.id
    identityId: identity.id
    registry: registry.properties.loginServer
    tag: tag
    vaultUri: vault.properties.vaultUri
    telemetryEndpoint: telemetryEndpoint
    settings: settings
  }
  dependsOn: [
    postgres
  ]
}

module cleanup 'cleanup.bicep' = {
  params: {
    location: location
    environmentId: environment.outputs.id
    identityId: identity.id
    registry: registry.properties.loginServer
    tag: tag
    vaultUri: vault.properties.vaultUri
    telemetryEndpoint: telemetryEndpoint
    settings: settings
  }
  dependsOn: [
    postgres
  ]
}

module api 'api.bicep' = {
  params: {
    location: location
    environmentId: environment.outputs.id
    identityId: identity.id
    registry: registry.properties.loginServer
    tag: tag
    vaultUri: vault.properties.vaultUri
    telemetryEndpoint: telemetryEndpoint
    settings: settings
    optionalSecrets: optionalSecrets
  }
  dependsOn: [
    postgres
    redis
  ]
}

module generateWorker 'generate-worker.bicep' = {
  params: {
    location: location
    environmentId: environment.outputs.id
    identityId: identity.id
    registry: registry.properties.loginServer
    tag: tag
    vaultUri: vault.properties.vaultUri
    telemetryEndpoint: telemetryEndpoint
    settings: settings
    redisAddress: redis.outputs.address
  }
  dependsOn: [
    postgres
  ]
}

module bgWorker 'bg-worker.bicep' = {
  params: {
    location: location
    environmentId: environment.outputs.id
    identityId: identity.id
    registry: registry.properties.loginServer
    tag: tag
    vaultUri: vault.properties.vaultUri
    telemetryEndpoint: telemetryEndpoint
    settings: settings
    redisAddress: redis.outputs.address
  }
  dependsOn: [
    postgres
  ]
}
