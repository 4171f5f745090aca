using Npgsql;
using StackExchange.Redis;

namespace Ivg.Tests.Application;

/// <summary>A migrated database and a Redis database that nobody else works on, on the shared application's servers.</summary>
internal sealed class OwnServers : IAsyncDisposable
{
    // Redis has sixteen databases; the shared application's workers read number 0, and number 15 is nobody's.
    private static readonly SemaphoreSlim Free = new(14);
    private static readonly Stack<int> Numbers = new(Enumerable.Range(1, 14));

    private readonly int _number;

    private OwnServers(string database, string redis, int number)
    {
        (DatabaseConnection, RedisConnection, _number) = (database, $"{redis},defaultDatabase={number}", number);
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
        await Free.WaitAsync();
        int number;
        lock (Numbers) number = Numbers.Pop();
        var servers = new OwnServers(database, app.RedisConnection, number);
        await using var redis = await servers.ConnectRedisAsync();
        await redis.GetServers()[0].FlushDatabaseAsync(number);
        return servers;
    }

    public async Task<IConnectionMultiplexer> ConnectRedisAsync() => await ConnectionMultiplexer.ConnectAsync(RedisConnection + ",allowAdmin=true");

    /// <summary>The settings of a service on these servers.</summary>
    public (string, string)[] Settings(params (string, string)[] more) =>
        [("ConnectionStrings__ivgdb", DatabaseConnection), ("ConnectionStrings__redis", RedisConnection), .. ServiceProcess.Hosting("Development"), .. more];

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        lock (Numbers) Numbers.Push(_number);
        Free.Release();
    }
}
