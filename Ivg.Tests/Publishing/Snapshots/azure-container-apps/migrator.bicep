param location string
param environmentId string
param identityId string
param registry string
param tag string
param vaultUri string
param telemetryEndpoint string
param settings { *: string }

// What is set here already stands.
var chosen = filter(items(settings), one => !contains([
  'ConnectionStrings__ivgdb'
  'DATABASE_POOL_SIZE'
  'DOTNET_ENVIRONMENT'
  'OTEL_EXPORTER_OTLP_ENDPOINT'
  'OTEL_EXPORTER_OTLP_PROTOCOL'
  'OTEL_SERVICE_NAME'
], one.key))

resource job 'Microsoft.App/jobs@2025-01-01' = {
  name: 'migrator'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      // Deploying does not run it: az containerapp job start --name migrator --resource-group GROUP, after each deployment of a new version.
      // Services of that version wait for its work.
      triggerType: 'Manual'
      manualTriggerConfig: {
        parallelism: 1
        replicaCompletionCount: 1
      }
      replicaTimeout: 3600
      replicaRetryLimit: 5
      registries: [
        {
          server: registry
          identity: identityId
        }
      ]
      secrets: [
        {
          name: 'connectionstrings-ivgdb'
          keyVaultUrl: '${vaultUri}secrets/connectionstrings-ivgdb'
          identity: identityId
        }
      ]
    }
    template: {
      containers: [
        {
          name: 'migrator'
          image: '${registry}/ivg-migrator:${tag}'
          env: concat([
            {
              name: 'DOTNET_ENVIRONMENT'
              value: 'Production'
            }
            {
              name: 'OTEL_EXPORTER_OTLP_ENDPOINT'
              value: telemetryEndpoint
            }
            {
              name: 'OTEL_EXPORTER_OTLP_PROTOCOL'
              value: 'grpc'
            }
            {
              name: 'OTEL_SERVICE_NAME'
              value: 'migrator'
            }
            {
              name: 'ConnectionStrings__ivgdb'
              secretRef: 'connectionstrings-ivgdb'
            }
            {
              name: 'DATABASE_POOL_SIZE'
              value: '8'
            }
          ], map(chosen, one => { name: one.key, value: one.value }))
          resources: {
            cpu: json('0.25')
            memory: '0.5Gi'
          }
        }
      ]
    }
  }
}
