using System.Globalization;
using System.Text.Json.Nodes;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.DockerCompose;

internal static class ComposeServers
{
    public static JsonObject Create(DeployedServer server, ServerImage image)
    {
        var environment = new JsonObject();
        if (server.PasswordKey is { } key)
            environment[image.PasswordVariable] = ComposeText.Required(key);
        foreach (var (name, value) in image.Environment)
            environment[name] = ComposeText.Escape(value);
        var service = new JsonObject { ["image"] = image.Image };
        if (image.Command.Count > 0)
            service["entrypoint"] = ComposeText.List(image.Command);
        if (image.Arguments.Count > 0)
            service["command"] = ComposeText.List(image.Arguments);
        service["environment"] = environment;
        service["user"] = string.Create(CultureInfo.InvariantCulture, $"{image.User}:{image.User}");
        ComposeText.Harden(service, [.. image.ScratchPaths.Select(path => string.Create(CultureInfo.InvariantCulture, $"{path}:uid={image.User},gid={image.User}"))]);
        service["volumes"] = new JsonArray($"{server.Name}-data:{image.DataPath}");
        service["healthcheck"] = new JsonObject
        {
            ["test"] = ComposeText.List(["CMD", .. image.HealthCommand]),
            ["interval"] = "10s",
            ["timeout"] = "5s",
            ["retries"] = 6,
            ["start_period"] = "60s",
            ["start_interval"] = "1s",
        };
        service["restart"] = "unless-stopped";
        service["stop_grace_period"] = "60s";
        service["deploy"] = ComposeText.Limits(image.Cpu, image.MemoryMiB);
        return service;
    }
}
