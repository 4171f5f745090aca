using Npgsql;
using StackExchange.Redis;

namespace Ivg.Tests.Application;

/// <summary>A migrated database and a Redis database that nobody else works on, on the shared application's servers.</summary>
internal sealed class OwnServers : IAsyncDisposable
{
    // The shared application's workers read database 0.
    private static int s_lastRedisDatabase;

    private OwnServers(string database, string redis)
    {
        (DatabaseConnection, RedisConnection) = (database, redis);
        Database = NpgsqlDataSource.Create(database);
    }

    public string DatabaseConnection { get; }

    public string RedisConnection { get; }

    public NpgsqlDataSource Database { get; }

    public static async Task<OwnServers> CreateAsync()
    {
        var app = await SharedApplication.GetAsync();
        var database = new NpgsqlConnectionStringBuilder(app.DatabaseConnection) { Database = $"own_{Guid.CreateVersion7():N}" }.ConnectionString;
        await using var migrator = ServiceProcess.Start("Ivg.Migrator", ("ConnectionStrings__ivgdb", database), ("DOTNET_ENVIRONMENT", "Development"));
        Assert.True(await migrator.ExitAsync() == 0, migrator.Output);
        return new OwnServers(database, $"{app.RedisConnection},defaultDatabase={Interlocked.Increment(ref s_lastRedisDatabase)}");
    }

    public async Task<IConnectionMultiplexer> ConnectRedisAsync() => await ConnectionMultiplexer.ConnectAsync(RedisConnection + ",allowAdmin=true");

    /// <summary>The settings of a service on these servers.</summary>
    public (string, string)[] Settings(params (string, string)[] more) =>
        [("ConnectionStrings__ivgdb", DatabaseConnection), ("ConnectionStrings__redis", RedisConnection), .. ServiceProcess.Hosting("Development"), .. more];

    public async ValueTask DisposeAsync() => await Database.DisposeAsync();
}
