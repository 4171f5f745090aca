using System.Text;
using System.Text.Json.Nodes;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.AzureContainerApps;

/// <summary>The application, put together of its modules.</summary>
internal static class MainModule
{
    public static string Text(DeploymentModel model)
    {
        var anyOptional = model.Services.Any(s => ContainerParts.HasOptional(s, model));
        var text = new StringBuilder($$"""
            // {{model.Application}} on Azure Container Apps. After foundation.bicep:
            //
            //   az deployment group create --resource-group GROUP --template-file main.bicep --parameters registryName=… vaultName=… tag=…
            {{string.Concat(model.Services.Where(s => s.RunsOnce).Select(s => $"//   az containerapp job start --name {s.Name} --resource-group GROUP\n"))}}
            @description('Where everything is.')
            param location string = resourceGroup().location

            @description('The registry that foundation.bicep made.')
            param registryName string

            @description('The vault that foundation.bicep made.')
            param vaultName string

            @description('Version of the images.')
            param tag string = '{{model.Tag}}'

            @description('Decide: where telemetry goes, as in http://collector:4317. Empty sends none.')
            param telemetryEndpoint string = ''

            """);
        text.Append($"\n@description('Settings of all services by name; what a module sets itself stands.')\nparam settings {{ *: string }} = {Settings(model)}\n");
        if (anyOptional)
            text.Append("\n@description('Which of the optional secrets the vault has.')\nparam optionalSecrets string[] = []\n");
        text.Append($$"""

            resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
              name: '{{model.Application}}-identity'
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

            """);
        foreach (var server in model.Servers.Where(s => s.External is null))
            Server(text, server);
        foreach (var service in model.Services)
        {
            Image(text, service.Name, service, model, isService: !service.RunsOnce);
            foreach (var run in service.Settings.Schedules)
                Image(text, run.Name, service, model, isService: false);
        }

        return text.ToString();
    }

    private static string Settings(DeploymentModel model)
    {
        var document = new YamlDocument(new JsonObject([.. model.OperatorSettings.Select(s => KeyValuePair.Create(s.Name, (JsonNode?)s.Value))]));
        foreach (var setting in model.OperatorSettings)
            document.With($"/{setting.Name}", setting.Comment);
        return BicepText.Value(document);
    }

    private static void Server(StringBuilder text, DeployedServer server)
    {
        text.Append($"\nmodule {Symbol.Of(server.Name)} '{server.Name}.bicep' = {{\n  params: {{\n    location: location\n    vaultName: vaultName\n");
        if (server.Kind == ServerKind.Postgres && server.PasswordKey is { } key)
            text.Append($"    password: vault.getSecret('{Vault.NameOf(key)}')\n");
        text.Append("  }\n}\n");
    }

    private static void Image(StringBuilder text, string name, DeployedService service, DeploymentModel model, bool isService)
    {
        var redis = isService && service.Settings.Scale is { } scale ? model.Servers.Single(s => s.Name == scale.Redis.Name) : null;
        var needed = service.After.Select(model.Service).Append(service).SelectMany(s => s.Servers).Distinct().Where(s => s.External is null && s != redis).Select(s => s.Name);
        text.Append($$"""

            module {{Symbol.Of(name)}} '{{name}}.bicep' = {
              params: {
                location: location
                environmentId: environment.outputs.id
                identityId: identity.id
                registry: registry.properties.loginServer
                tag: tag
                vaultUri: vault.properties.vaultUri
                telemetryEndpoint: telemetryEndpoint
                settings: settings

            """);
        if (redis is { External: null })
            text.Append($"    redisAddress: {Symbol.Of(redis.Name)}.outputs.address\n");
        if (ContainerParts.HasOptional(service, model))
            text.Append("    optionalSecrets: optionalSecrets\n");
        text.Append("  }\n");
        // Their connection strings must be in the vault.
        if (needed.ToArray() is { Length: > 0 } servers)
            text.Append($"  dependsOn: [\n{string.Concat(servers.Select(s => $"    {Symbol.Of(s)}\n"))}  ]\n");
        text.Append("}\n");
    }
}
