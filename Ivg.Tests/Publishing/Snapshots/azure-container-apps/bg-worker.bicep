param location string
param environmentId string
param identityId string
param registry string
param tag string
param vaultUri string
param telemetryEndpoint string
param settings { *: string }
param redisAddress string

// What is set here already stands.
var chosen = filter(items(settings), one => !contains([
  'BG_MODEL_DIR'
  'ConnectionStrings__ivgdb'
  'ConnectionStrings__redis'
  'DATABASE_POOL_SIZE'
  'DOTNET_ENVIRONMENT'
  'HTTP_PORTS'
  'MALLOC_ARENA_MAX'
  'OTEL_EXPORTER_OTLP_ENDPOINT'
  'OTEL_EXPORTER_OTLP_PROTOCOL'
  'OTEL_SERVICE_NAME'
  'WORKER_GRACE_SECONDS'
], one.key))

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: 'bg-worker'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'large'
    configuration: {
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 5
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
        {
          name: 'connectionstrings-redis'
          keyVaultUrl: '${vaultUri}secrets/connectionstrings-redis'
          identity: identityId
        }
        {
          name: 'redis-password'
          keyVaultUrl: '${vaultUri}secrets/redis-password'
          identity: identityId
        }
      ]
    }
    template: {
      terminationGracePeriodSeconds: 45
      // Each replica has its own, filled anew.
      volumes: [
        {
          name: 'models'
          storageType: 'EmptyDir'
        }
      ]
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
        {
          name: 'fill-models'
          image: '${registry}/ivg-bgworker:${tag}'
          args: [
            'fetch-model'
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
              value: 'bg-worker'
            }
            {
              name: 'HTTP_PORTS'
              value: '8080'
            }
            {
              name: 'BG_MODEL_DIR'
              value: '/models'
            }
            {
              name: 'DATABASE_POOL_SIZE'
              value: '8'
            }
            {
              name: 'MALLOC_ARENA_MAX'
              value: '1'
            }
            {
              name: 'WORKER_GRACE_SECONDS'
              value: '35'
            }
          ], map(chosen, one => { name: one.key, value: one.value }))
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          volumeMounts: [
            {
              volumeName: 'models'
              mountPath: '/models'
            }
          ]
        }
      ]
      containers: [
        {
          name: 'bg-worker'
          image: '${registry}/ivg-bgworker:${tag}'
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
              value: 'bg-worker'
            }
            {
              name: 'HTTP_PORTS'
              value: '8080'
            }
            {
              name: 'BG_MODEL_DIR'
              value: '/models'
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
              value: '8'
            }
            {
              name: 'MALLOC_ARENA_MAX'
              value: '1'
            }
            {
              name: 'WORKER_GRACE_SECONDS'
              value: '35'
            }
          ], map(chosen, one => { name: one.key, value: one.value }))
          resources: {
            cpu: json('2')
            memory: '16Gi'
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
          volumeMounts: [
            {
              volumeName: 'models'
              mountPath: '/models'
            }
          ]
        }
      ]
      scale: {
        // Decide: 0 saves the idle replica and costs the first caller its start.
        minReplicas: 1
        // Decide: what the budget, and whoever is called, can bear. Each replica brings its connections to the database.
        maxReplicas: 10
        pollingInterval: 10
        cooldownPeriod: 120
        // The length of the stream is what waits plus what runs, for entries are deleted when their work is done. No consumerGroup is
        // named: with one, the rule would see what was delivered, never a queue. The length for one replica is
        // c * (1 + Wq / S): c = 1 job at once in a replica, for the model's memory; S = 1.5 s for one, Wq = 3 s that a job may wait.
        // Decide: put in the S that you measure (ivg.jobs.run_time).
        rules: [
          {
            name: 'queue'
            custom: {
              type: 'redis-streams'
              metadata: {
                address: redisAddress
                enableTLS: 'true'
                stream: 'ivg_bg'
                streamLength: '3'
              }
              auth: [
                {
                  secretRef: 'redis-password'
                  triggerParameter: 'password'
                }
              ]
            }
          }
        ]
      }
    }
  }
}
