param location string
param vaultName string

@secure()
param password string

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'ivg-postgres-${uniqueString(resourceGroup().id)}'
  location: location
  // Decide: a burstable size is for trying things out. All replicas at most, and one more of each while a version is replaced,
  // open 618 connections; this size lets in 844.
  sku: {
    name: 'Standard_B2ms'
    tier: 'Burstable'
  }
  properties: {
    version: '17'
    administratorLogin: 'postgresadmin'
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

resource ivgdb 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
  parent: server
  name: 'ivgdb'
  dependsOn: [
    fromAzure
  ]
}

resource ivgdbConnection 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'connectionstrings-ivgdb'
  properties: {
    value: 'Host=${server.properties.fullyQualifiedDomainName};Port=5432;Username=postgresadmin;Password=${password};Database=ivgdb;SSL Mode=VerifyFull'
  }
}
