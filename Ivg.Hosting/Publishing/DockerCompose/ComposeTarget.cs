using System.Text.Json.Nodes;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.DockerCompose;

/// <summary>One Compose file with a profile for production and one for development, and the file of what an operator fills in.</summary>
internal sealed class ComposeTarget : IPublishTarget
{
    private static readonly string[] Environments = ["Production", "Development"];

    public string Name => "docker-compose";

    public string NextStep => "Fill in .env and settings.env, read the comments in compose.yaml, then: docker compose up --detach";

    public IReadOnlyList<PublishedFile> Create(DeploymentModel model) =>
    [
        new("compose.yaml", YamlText.Write([File(model)])),
        EnvTemplate.Create(model),
        SettingsTemplate.Create(model),
        new(".gitignore", ".env\n"),
    ];

    private static YamlDocument File(DeploymentModel model)
    {
        var services = new JsonObject();
        var document = new YamlDocument(new JsonObject
        {
            ["name"] = model.Application,
            ["services"] = services,
            ["volumes"] = Volumes(model),
        });
        document.With("", "docker compose up --detach, after .env has been filled in. COMPOSE_PROFILES there says whether services run as in\n"
            + "production or as in development. A new version: publish anew, or set TAG, then the same command.");
        foreach (var server in model.Servers.Where(s => s.External is null))
        {
            var image = ServerImages.Of(server, model);
            services[server.Name] = ComposeServers.Create(server, image);
            document.With($"/services/{server.Name}/command", image.ArgumentsComment);
        }

        foreach (var service in model.Services)
        {
            if (service.RunsOnce)
                services[service.Name] = ComposeServices.OneShot(service, model);
            foreach (var run in service.Settings.Schedules)
            {
                services[run.Name] = ComposeServices.Scheduled(service, run, model);
                document.With($"/services/{run.Name}", $"By the clock of the machine, for Compose has none: {run.Cron} docker compose run --rm {run.Name}");
            }

            if (!service.RunsOnce)
                AddLongRunning(service, model, services, document);
        }

        return document;
    }

    private static void AddLongRunning(DeployedService service, DeploymentModel model, JsonObject services, YamlDocument document)
    {
        foreach (var environment in Environments)
        {
            if (service.Settings.Volume is { } volume)
            {
                var fill = ComposeServices.FillNameOf(volume, environment);
                services[fill] = ComposeServices.Fill(service, volume, model, environment);
                document.With($"/services/{fill}", $"Puts into the volume what {service.Name} reads from it, where it is not there already.");
            }

            var name = ComposeServices.NameOf(service, environment);
            services[name] = ComposeServices.LongRunning(service, model, environment);
            document.With($"/services/{name}/deploy", "Decide: these are starting points.");
        }
    }

    private static JsonObject Volumes(DeploymentModel model)
    {
        var names = model.Servers.Where(s => s.External is null).Select(s => $"{s.Name}-data")
            .Concat(model.Services.Select(s => s.Settings.Volume?.Name).OfType<string>());
        return new JsonObject([.. names.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject()))]);
    }
}
