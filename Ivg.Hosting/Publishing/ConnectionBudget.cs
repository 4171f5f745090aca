using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing;

/// <summary>How many connections a database server must bear when everything that may run does.</summary>
internal static class ConnectionBudget
{
    // For the superuser, backups and whoever looks.
    private const int Others = 10;

    public static int Of(DeployedServer server, DeploymentModel model)
        => Others + model.Services.Where(service => service.Servers.Contains(server)).Sum(service => Processes(service) * service.Settings.DatabaseConnections);

    // While a version is replaced, each service has a replica more.
    private static int Processes(DeployedService service)
        => (service.RunsOnce ? 1 : service.Settings.MostReplicas + 1) + service.Settings.Schedules.Count;
}
