param location string

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'ivg-logs'
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
  name: 'ivg-environment'
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
      }
      // Decide: for replicas that need more than the 8 GiB of the consumption profile. Each machine has 8 cores and 32 GiB.
      {
        name: 'large'
        workloadProfileType: 'D8'
        minimumCount: 0
        maximumCount: 5
      }
    ]
  }
}

output id string = environment.id
