using System.Globalization;
using System.Text.Json.Nodes;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.AzureContainerApps;

/// <summary>What apps and jobs have in common.</summary>
internal static class ContainerParts
{
    /// <summary>The parameters of every module that runs an image.</summary>
    public const string Parameters = """
        param location string
        param environmentId string
        param identityId string
        param registry string
        param tag string
        param vaultUri string
        param telemetryEndpoint string
        param settings { *: string }

        """;

    /// <summary>The operator's settings, without what the containers of the module have already: a name may stand there once.</summary>
    public static string SettingsPart(DeployedService service, DeploymentModel model)
    {
        var own = service.After.Select(model.Service).Append(service).SelectMany(s => StandardVariables.Of(s).Select(v => v.Name).Concat(s.Variables.Select(v => v.Name)))
            .Concat(Everywhere.Select(v => v.Name)).Distinct().Order(StringComparer.Ordinal);
        return $$"""

            // What is set here already stands.
            var chosen = filter(items(settings), one => !contains([
            {{string.Join('\n', own.Select(name => $"  '{name}'"))}}
            ], one.key))

            """;
    }

    private static readonly (string Name, string Value)[] Everywhere =
    [
        ("DOTNET_ENVIRONMENT", "Production"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "=telemetryEndpoint"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
    ];

    /// <summary>What the operator may have left out: variables to secrets.</summary>
    public static string OptionalPart(DeployedService service, DeploymentModel model)
    {
        var optional = OptionalOf(service, model).ToArray();
        return optional.Length == 0 ? "" : $$"""

            @description('Optional secrets that the vault has.')
            param optionalSecrets string[]

            var optional = filter([
            {{string.Join('\n', optional.Select(o => $$"""  { variable: '{{o.Name}}', secret: '{{o.Secret}}' }"""))}}
            ], one => contains(optionalSecrets, one.secret))

            """;
    }

    public static bool HasOptional(DeployedService service, DeploymentModel model) => OptionalOf(service, model).Any();

    /// <summary>References into the vault, for the service and the images that run before it.</summary>
    public static string Secrets(DeployedService service, DeploymentModel model, IEnumerable<string> more)
    {
        var optional = OptionalOf(service, model).Select(o => o.Secret).ToHashSet(StringComparer.Ordinal);
        var names = service.After.Select(model.Service).Append(service).SelectMany(s => s.Variables.Select(v => Vault.SecretOf(v, s)))
            .OfType<string>().Concat(more).Where(n => !optional.Contains(n)).Distinct().Order(StringComparer.Ordinal);
        var list = BicepText.Value(new YamlDocument(new JsonArray([.. names.Select(n => new JsonObject
        {
            ["name"] = n,
            ["keyVaultUrl"] = $"='${{vaultUri}}secrets/{n}'",
            ["identity"] = "=identityId",
        })])), 3);
        return optional.Count == 0 ? list : $"concat({list}, map(optional, one => {{ name: one.secret, keyVaultUrl: '${{vaultUri}}secrets/${{one.secret}}', identity: identityId }}))";
    }

    public static JsonObject Container(string name, DeployedService service, IReadOnlyList<string> arguments, DeploymentModel model, DeploymentSettings size, bool withSecrets = true)
    {
        var container = new JsonObject { ["name"] = name, ["image"] = $"='${{registry}}/{service.Repository}:${{tag}}'" };
        if (arguments.Count > 0)
            container["args"] = new JsonArray([.. arguments.Select(a => JsonValue.Create(a))]);
        container["env"] = Environment(service, model, withSecrets);
        container["resources"] = Size(size);
        return container;
    }

    private static JsonValue Environment(DeployedService service, DeploymentModel model, bool withSecrets)
    {
        var optional = OptionalOf(service, model).Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        var all = new JsonArray();
        foreach (var (name, value) in Everywhere.Concat(StandardVariables.Of(service)))
            all.Add(Plain(name, value));
        foreach (var variable in service.Variables.Where(v => !optional.Contains(v.Name)))
            if (Vault.SecretOf(variable, service) is not { } secret)
                all.Add(Plain(variable.Name, variable.Render(key => key)));
            else if (withSecrets)
                all.Add(new JsonObject { ["name"] = variable.Name, ["secretRef"] = secret });
        var secrets = optional.Count > 0 && withSecrets ? ", map(optional, one => { name: one.variable, secretRef: one.secret })" : "";
        return JsonValue.Create($"=concat({BicepText.Value(new YamlDocument(all), 5)}{secrets}, map(chosen, one => {{ name: one.key, value: one.value }}))");
    }

    // Half a core for each GiB, in quarters, is what the consumption profile has; machines of one's own take anything.
    private static JsonObject Size(DeploymentSettings size)
    {
        var quarters = ManagedEnvironment.IsLarge(size) ? size.Cpu * 4 : Math.Ceiling(Math.Max(size.Cpu * 4, size.MemoryMiB / 512.0));
        var memory = ManagedEnvironment.IsLarge(size) ? size.MemoryMiB / 1024.0 : quarters / 2;
        return new JsonObject
        {
            ["cpu"] = string.Create(CultureInfo.InvariantCulture, $"=json('{quarters / 4:0.##}')"),
            ["memory"] = string.Create(CultureInfo.InvariantCulture, $"{memory:0.##}Gi"),
        };
    }

    private static IEnumerable<(string Name, string Secret)> OptionalOf(DeployedService service, DeploymentModel model)
    {
        var keys = model.Secrets.Where(s => s.Optional).Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        return service.Variables.Where(v => v.Connection is null && v.Parts is [ValuePart.Secret only] && keys.Contains(only.Key)).Select(v => (v.Name, Vault.SecretOf(v, service)!));
    }

    private static JsonObject Plain(string name, string value) => new() { ["name"] = name, ["value"] = value };
}
