using System.Globalization;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing;

internal static class ServerImages
{
    private const int ConnectionMiB = 4;
    private const int Step = 512;

    // The password goes in by the standard input: arguments are for every process of the machine to read.
    private const string RedisScript = """
        exec redis-server --dir /data --appendonly yes --appendfsync everysec --maxmemory 320mb --maxmemory-policy noeviction - <<END
        requirepass "$REDISCLI_AUTH"
        END
        """;

    public static ServerImage Of(DeployedServer server, DeploymentModel model)
        => server.Kind == ServerKind.Postgres ? Postgres(server, ConnectionBudget.Of(server, model)) : Redis;

    private static ServerImage Redis { get; } = new()
    {
        Image = "docker.io/library/redis:8.2.1",
        User = 999,
        DataPath = "/data",
        ScratchPaths = ["/tmp"],
        PasswordVariable = "REDISCLI_AUTH",
        Environment = [],
        HealthCommand = ["redis-cli", "ping"],
        Command = ["sh", "-c", RedisScript],
        Cpu = 0.25,
        MemoryMiB = 512,
        StorageGiB = 4,
    };

    private static ServerImage Postgres(DeployedServer server, int connections) => new()
    {
        Image = "docker.io/library/postgres:17.6",
        User = 999,
        DataPath = "/var/lib/postgresql/data",
        ScratchPaths = ["/var/run/postgresql", "/tmp"],
        PasswordVariable = "POSTGRES_PASSWORD",
        Environment =
        [
            ("POSTGRES_USER", server.UserName),
            ("POSTGRES_DB", server.Databases.Count > 0 ? server.Databases[0] : server.UserName),
            // A volume's own top folder holds lost+found, and is not always the server's.
            ("PGDATA", "/var/lib/postgresql/data/pgdata"),
            ("POSTGRES_INITDB_ARGS", "--data-checksums --auth-host=scram-sha-256"),
        ],
        HealthCommand = ["pg_isready", "--quiet", "--host=127.0.0.1", $"--username={server.UserName}"],
        Arguments = ["-c", string.Create(CultureInfo.InvariantCulture, $"max_connections={connections}")],
        ArgumentsComment = "Decide: all replicas at most, and one more of each while a version is replaced, times the connections that each opens. Raise it with\nthem, and the memory; where there are many, a pooler is the better choice.",
        Cpu = 0.5,
        // A process for each connection.
        MemoryMiB = (1024 + connections * ConnectionMiB + Step - 1) / Step * Step,
        StorageGiB = 20,
    };
}
