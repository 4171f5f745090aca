param location string
param vaultName string

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource server 'Microsoft.Cache/redisEnterprise@2025-04-01' = {
  name: 'ivg-redis-${uniqueString(resourceGroup().id)}'
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
    port: 10000
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

resource redisConnection 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'connectionstrings-redis'
  properties: {
    value: '${server.properties.hostName}:10000,ssl=True,password=${database.listKeys().primaryKey}'
  }
}

resource passwordSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'redis-password'
  properties: {
    value: database.listKeys().primaryKey
  }
}

output address string = '${server.properties.hostName}:10000'
