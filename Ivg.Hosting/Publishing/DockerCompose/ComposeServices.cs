using System.Globalization;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.DockerCompose;

/// <summary>The projects of the model as Compose's services.</summary>
internal static class ComposeServices
{
    private const string Production = "Production";
    private const string Healthy = "service_healthy";
    private const string Completed = "service_completed_successfully";

    /// <summary>The profile for development has services of its own; the network knows them by the same names.</summary>
    public static string NameOf(DeployedService service, string environment)
        => environment == Production ? service.Name : $"{service.Name}-{environment.ToLowerInvariant()}";

    public static JsonObject OneShot(DeployedService service, DeploymentModel model)
    {
        var one = Base(service, model, service.Arguments, Production);
        one["restart"] = "on-failure:10";
        AddDependencies(one, service, model, Production);
        one["deploy"] = ComposeText.Limits(service.Settings.Cpu, service.Settings.MemoryMiB);
        return one;
    }

    public static JsonObject Scheduled(DeployedService service, ScheduledRun run, DeploymentModel model)
    {
        var one = Base(service, model, run.Arguments, Production);
        one["profiles"] = new JsonArray("scheduled");
        one["depends_on"] = new JsonObject { [service.Name] = new JsonObject { ["condition"] = Completed } };
        return one;
    }

    public static string FillNameOf(FilledVolume volume, string environment)
        => environment == Production ? $"fill-{volume.Name}" : $"fill-{volume.Name}-{environment.ToLowerInvariant()}";

    public static JsonObject Fill(DeployedService service, FilledVolume volume, DeploymentModel model, string environment)
    {
        var one = Base(service, model, volume.FillArguments, environment);
        var variables = one["environment"]!.AsObject();
        foreach (var variable in service.Variables.Where(v => v.SecretKeys.Any()))
            variables.Remove(variable.Name);
        one["profiles"] = new JsonArray(environment.ToLowerInvariant());
        // A fresh volume is the superuser's.
        one["user"] = "0:0";
        one["volumes"] = new JsonArray($"{volume.Name}:{volume.Path}");
        one["restart"] = "on-failure:10";
        return one;
    }

    public static JsonObject LongRunning(DeployedService service, DeploymentModel model, string environment)
    {
        var settings = service.Settings;
        var one = Base(service, model, service.Arguments, environment);
        one["profiles"] = new JsonArray(environment.ToLowerInvariant());
        if (service.Ports.Where(p => p.IsExternal).ToArray() is { Length: > 0 } external)
            one["ports"] = new JsonArray([.. external.Select(p => JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"${{{EnvTemplate.VariableOf(service)}:-127.0.0.1:{p.Published ?? p.Port}}}:{p.Port}")))]);
        if (settings.Volume is { } volume)
            one["volumes"] = new JsonArray($"{volume.Name}:{volume.Path}:ro");
        if (environment != Production)
            one["networks"] = new JsonObject { ["default"] = new JsonObject { ["aliases"] = new JsonArray(service.Name) } };
        if (Check(service) is { } check)
            one["healthcheck"] = check;
        AddDependencies(one, service, model, environment);
        one["restart"] = "unless-stopped";
        one["stop_grace_period"] = string.Create(CultureInfo.InvariantCulture, $"{settings.GraceSeconds}s");
        var deploy = ComposeText.Limits(settings.Cpu, settings.MemoryMiB);
        if (settings.Scale is not null)
            deploy["replicas"] = $"${{{EnvTemplate.ReplicasOf(service)}:-{settings.MinReplicas.ToString(CultureInfo.InvariantCulture)}}}";
        one["deploy"] = deploy;
        return one;
    }

    private static JsonObject Base(DeployedService service, DeploymentModel model, IReadOnlyList<string> arguments, string environment)
    {
        var registry = model.Registry is null ? "" : model.Registry + "/";
        var one = new JsonObject { ["image"] = $"${{REGISTRY:-{registry}}}{service.Repository}:${{TAG:-{model.Tag}}}" };
        if (arguments.Count > 0)
            one["command"] = ComposeText.List(arguments);
        one["env_file"] = SettingsTemplate.Name;
        one["environment"] = Environment(service, environment);
        ComposeText.Harden(one, ["/tmp"]);
        return one;
    }

    private static JsonObject Environment(DeployedService service, string environment)
    {
        var all = new JsonObject
        {
            ["DOTNET_ENVIRONMENT"] = environment,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = ComposeText.Optional("OTEL_EXPORTER_OTLP_ENDPOINT"),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
        };
        foreach (var (name, value) in StandardVariables.Of(service))
            all[name] = value;
        foreach (var variable in service.Variables)
        {
            // Compose fills in the services of every profile, also of those that are off, and Development needs passwords alone. What
            // else is missing in production, the service that misses it says.
            all[variable.Name] = variable.Render(variable.Connection is null ? ComposeText.Optional : ComposeText.Required, ComposeText.Escape);
        }

        return all;
    }

    // The images have no program that asks over HTTP, but their shell can open a connection.
    private static JsonObject? Check(DeployedService service)
    {
        var probe = service.Probes.FirstOrDefault(p => p.Type == ProbeType.Startup) ?? (service.Probes is [var first, ..] ? first : null);
        if (probe is null)
            return null;
        var script = string.Create(CultureInfo.InvariantCulture,
            $"exec 3<>/dev/tcp/127.0.0.1/{probe.Port} && printf 'GET {probe.Ask.Path} HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]");
        return new JsonObject
        {
            ["test"] = ComposeText.List(["CMD", "bash", "-c", script]),
            ["interval"] = "10s",
            ["timeout"] = string.Create(CultureInfo.InvariantCulture, $"{probe.Ask.TimeoutSeconds}s"),
            ["retries"] = 3,
            ["start_period"] = string.Create(CultureInfo.InvariantCulture, $"{probe.Ask.PeriodSeconds * probe.Ask.FailureThreshold}s"),
            ["start_interval"] = "2s",
        };
    }

    private static void AddDependencies(JsonObject one, DeployedService service, DeploymentModel model, string environment)
    {
        var needs = new JsonObject();
        foreach (var name in service.Beside.Where(n => model.Servers.Any(s => s.Name == n && s.External is null)))
            needs[name] = new JsonObject { ["condition"] = Healthy };
        foreach (var name in service.Beside.Where(n => model.Services.Any(s => s.Name == n)))
            needs[NameOf(model.Service(name), environment)] = new JsonObject { ["condition"] = Healthy };
        foreach (var name in service.After)
            needs[name] = new JsonObject { ["condition"] = Completed };
        if (service.Settings.Volume is { } volume)
            needs[FillNameOf(volume, environment)] = new JsonObject { ["condition"] = Completed };
        if (needs.Count > 0)
            one["depends_on"] = needs;
    }
}
