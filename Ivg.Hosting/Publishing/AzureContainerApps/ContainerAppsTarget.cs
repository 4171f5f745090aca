using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.AzureContainerApps;

/// <summary>Bicep for Azure Container Apps: what has to be there first, and the application.</summary>
internal sealed class ContainerAppsTarget : IPublishTarget
{
    public string Name => "azure-container-apps";

    public string NextStep => "Read the comments in foundation.bicep and main.bicep, deploy the first, push the images, set the secrets, deploy the second.";

    public IReadOnlyList<PublishedFile> Create(DeploymentModel model)
    {
        var files = new List<PublishedFile> { new("foundation.bicep", Foundation.Text(model)), new("environment.bicep", ManagedEnvironment.Text(model)) };
        foreach (var server in model.Servers.Where(s => s.External is null))
            files.Add(new PublishedFile($"{server.Name}.bicep", server.Kind == ServerKind.Postgres ? PostgresModule.Text(server, model) : RedisModule.Text(server, model)));
        foreach (var service in model.Services)
        {
            files.Add(new PublishedFile($"{service.Name}.bicep", service.RunsOnce ? JobModule.Manual(service, model) : AppModule.Text(service, model)));
            files.AddRange(service.Settings.Schedules.Select(run => new PublishedFile($"{run.Name}.bicep", JobModule.Scheduled(service, run, model))));
        }

        files.Add(new PublishedFile("main.bicep", MainModule.Text(model)));
        return files;
    }
}
