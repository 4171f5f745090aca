param location string
param environmentId string
param identityId string
param registry string
param tag string
param vaultUri string
param telemetryEndpoint string
param settings { *: string }

@description('Optional secrets that the vault has.')
param optionalSecrets string[]

var optional = filter([
  { variable: 'PLATFORM_API_KEYS', secret: 'platform-api-keys' }
  { variable: 'WEBHOOK_SECRET', secret: 'webhook-secret' }
], one => contains(optionalSecrets, one.secret))

// What is set here already stands.
var chosen = filter(items(settings), one => !contains([
  'APP_SECRET_KEY'
  'ConnectionStrings__ivgdb'
  'ConnectionStrings__redis'
  'DATABASE_POOL_SIZE'
  'DOTNET_ENVIRONMENT'
  'GEMINI_API_KEY'
  'HTTP_PORTS'
  'OTEL_EXPORTER_OTLP_ENDPOINT'
  'OTEL_EXPORTER_OTLP_PROTOCOL'
  'OTEL_SERVICE_NAME'
  'PLATFORM_API_KEYS'
  'WEBHOOK_SECRET'
], one.key))

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: 'api'
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
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 5
      registries: [
        {
          server: registry
          identity: identityId
        }
      ]
      secrets: concat([
        {
          name: 'app-secret-key'
          keyVaultUrl: '${vaultUri}secrets/app-secret-key'
          identity: identityId
        }
        {
          name: 'connectionstrings-ivgdb'
          keyVaultUrl: '${vaultUri}secrets/connectionstrings-ivgdb'
          identity: identityId
        }
        {
          name: 'connectionstrings-redis'
          keyVaultUrl: '${vaultUri}secrets/connectionstrings-redis'
          identity: identityId
        }
        {
          name: 'gemini-api-key'
          keyVaultUrl: '${vaultUri}secrets/gemini-api-key'
          identity: identityId
        }
      ], map(optional, one => { name: one.secret, keyVaultUrl: '${vaultUri}secrets/${one.secret}', identity: identityId }))
      // The platform cuts a request that says nothing for 240 s; a stream must say something, or end, before that.
      ingress: {
        external: true
        targetPort: 8080
        transport: 'auto'
        allowInsecure: false
      }
    }
    template: {
      terminationGracePeriodSeconds: 45
      initContainers: [
        {
          name: 'wait-for-migrator'
          image: '${registry}/ivg-migrator:${tag}'
          args: [
            'wait'
          ]
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
      containers: [
        {
          name: 'api'
          image: '${registry}/ivg-api:${tag}'
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
              value: 'api'
            }
            {
              name: 'HTTP_PORTS'
              value: '8080'
            }
            {
              name: 'APP_SECRET_KEY'
              secretRef: 'app-secret-key'
            }
            {
              name: 'ConnectionStrings__ivgdb'
              secretRef: 'connectionstrings-ivgdb'
            }
            {
              name: 'ConnectionStrings__redis'
              secretRef: 'connectionstrings-redis'
            }
            {
              name: 'DATABASE_POOL_SIZE'
              value: '24'
            }
            {
              name: 'GEMINI_API_KEY'
              secretRef: 'gemini-api-key'
            }
          ], map(optional, one => { name: one.variable, secretRef: one.secret }), map(chosen, one => { name: one.key, value: one.value }))
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/health'
                port: 8080
                scheme: 'HTTP'
              }
              periodSeconds: 30
              timeoutSeconds: 6
              failureThreshold: 10
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/alive'
                port: 8080
                scheme: 'HTTP'
              }
              periodSeconds: 5
              timeoutSeconds: 3
              failureThreshold: 3
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/alive'
                port: 8080
                scheme: 'HTTP'
              }
              periodSeconds: 15
              timeoutSeconds: 5
              failureThreshold: 4
            }
          ]
        }
      ]
      scale: {
        // Decide: two outlive the loss of a machine.
        minReplicas: 2
        // Decide: what the budget, and whoever is called, can bear. Each replica brings its connections to the database.
        maxReplicas: 6
        // Decide: requests at once for one replica. Open streams are among them, one for each page that is looked at:
        // a replica holds thousands that say nothing, so raise it where pages stay open and do little.
        rules: [
          {
            name: 'requests'
            http: {
              metadata: {
                concurrentRequests: '200'
              }
            }
          }
        ]
      }
    }
  }
}
