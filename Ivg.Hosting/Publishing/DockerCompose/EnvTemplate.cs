using System.Globalization;
using System.Text;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.DockerCompose;

/// <summary>What the operator fills in. Publishing again keeps it and adds what is new.</summary>
internal static class EnvTemplate
{
    public static PublishedFile Create(DeploymentModel model)
    {
        var text = new StringBuilder("# docker compose reads this file; services get of it what compose.yaml names, and their other settings from settings.env. Publishing again keeps what you fill in. Never commit it.\n");
        Add(text, "Decide: production or development.", "COMPOSE_PROFILES", "production");
        Add(text, "Where the images are, with a slash at the end, as in registry.example.com/team/. Empty: as published.", "REGISTRY", "");
        Add(text, "Their version. Empty: as published.", "TAG", "");
        Add(text, "Where telemetry goes, as in http://collector:4317. Empty sends none.", "OTEL_EXPORTER_OTLP_ENDPOINT", "");
        foreach (var service in model.Services)
            foreach (var port in service.Ports.Where(p => p.IsExternal))
                Add(text, $"Decide: the address and port of this machine that {service.Name} answers on. TLS is for a proxy in front of it to end.",
                    VariableOf(service), string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port.Published ?? port.Port}"));
        foreach (var service in model.Services.Where(s => s.Settings.Scale is not null))
            Add(text, $"Decide: how many of {service.Name} run. Nothing here scales them by their queue.", ReplicasOf(service), string.Create(CultureInfo.InvariantCulture, $"{service.Settings.MinReplicas}"));
        // Nothing here scales by a stream, so nobody asks for a password that a connection string has already.
        var asked = model.Services.SelectMany(s => s.Variables).SelectMany(v => v.SecretKeys).Concat(model.Servers.Where(s => s.External is null).Select(s => s.PasswordKey)).ToHashSet();
        return new PublishedFile(".env", text + SecretFiles.Lines(model.Secrets.Where(s => asked.Contains(s.Key)))) { KeepsValues = true };
    }

    /// <summary>The variable with the address that a service answers on.</summary>
    public static string VariableOf(DeployedService service) => $"{Upper(service)}_ADDRESS";

    public static string ReplicasOf(DeployedService service) => $"{Upper(service)}_REPLICAS";

    private static string Upper(DeployedService service) => service.Name.Replace('-', '_').ToUpperInvariant();

    /// <summary>A line, with its comment above it.</summary>
    public static void Add(StringBuilder text, string comment, string name, string value)
        => text.Append("\n# ").Append(comment.Replace("\n", "\n# ", StringComparison.Ordinal)).Append('\n').Append(name).Append('=').Append(value).Append('\n');
}
