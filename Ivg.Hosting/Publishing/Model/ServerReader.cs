using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Ivg.Hosting.Publishing.Model;

/// <summary>The servers of the model, and who serves which connection string.</summary>
internal sealed class ServerReader(DistributedApplicationModel model, IConfiguration configuration, SecretList secrets)
{
    private const int PostgresPort = 5432;
    private const int RedisPort = 6379;
    private readonly Dictionary<IResource, DeployedServer> _servers = [];

    public DeployedServer Read(IResource resource)
    {
        if (_servers.TryGetValue(resource, out var known))
            return known;
        return _servers[resource] = resource switch
        {
            PostgresServerResource postgres => Postgres(postgres),
            RedisResource redis => Redis(redis),
            _ => throw new DistributedApplicationException($"'{resource.Name}' cannot be published. Add it only when builder.ExecutionContext.IsRunMode."),
        };
    }

    /// <summary>Null for a resource that has no connection string.</summary>
    public DeployedConnection? Connection(IResource resource) => resource switch
    {
        PostgresDatabaseResource database => new DeployedConnection(database.Name, Read(database.Parent), database.DatabaseName),
        PostgresServerResource or RedisResource => new DeployedConnection(resource.Name, Read(resource), null),
        IResourceWithConnectionString => new DeployedConnection(resource.Name, null, null),
        _ => null,
    };

    /// <summary>Whether the operator brings the whole connection string.</summary>
    public bool IsGiven(IResource resource) => Given(resource.Name) is not null;

    public static int PortOf(IResource resource) => resource is PostgresServerResource ? PostgresPort : RedisPort;

    private DeployedServer Postgres(PostgresServerResource server)
    {
        var given = server.Databases.Keys.Append(server.Name).Select(Given).OfType<string>().ToArray();
        var user = server.UserNameParameter is { } parameter ? SecretList.PlainValue(parameter) : "postgres";
        if (given.Length > 0 && server.Databases.Keys.Any(name => Given(name) is null))
            throw new DistributedApplicationException(
                $"Some databases of '{server.Name}' have a connection string and some have not: set {string.Join(" and ", server.Databases.Keys.Where(n => Given(n) is null).Select(n => $"ConnectionStrings__{n}"))} too, or none.");
        return new DeployedServer(server.Name, ServerKind.Postgres, PostgresPort, given.Length > 0 ? null : KeyOf(server.PasswordParameter), user,
            [.. server.Databases.Values], given.Length > 0 ? ExternalServer.OfPostgres(given[0]) : null);
    }

    private DeployedServer Redis(RedisResource redis)
    {
        if (Given(redis.Name) is not { } given)
            return new DeployedServer(redis.Name, ServerKind.Redis, RedisPort, KeyOf(redis.PasswordParameter), "default", [], External: null);
        var server = ExternalServer.OfRedis(given);
        // Who scales by a stream does not read connection strings.
        var key = server.HasPassword && model.Resources.Any(r => DeploymentSettings.Of(r).Scale?.Redis == redis)
            ? secrets.Add(SecretList.KeyOf($"{redis.Name}-password"), $"The password in ConnectionStrings__{redis.Name} once more: whoever scales by a stream logs in with it, as the default user.")
            : null;
        return new DeployedServer(redis.Name, ServerKind.Redis, RedisPort, key, "default", [], server);
    }

    private string? KeyOf(ParameterResource? password) => password is null ? null : secrets.Add(password);

    private string? Given(string name) => configuration.GetConnectionString(name) is { Length: > 0 } given ? given : null;
}
