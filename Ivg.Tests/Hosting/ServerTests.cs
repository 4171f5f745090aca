using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Ivg.Hosting.Unix;
using Npgsql;
using StackExchange.Redis;

namespace Ivg.Tests.Hosting;

public sealed class ServerTests
{
    [Fact]
    public async Task Servers_start_keep_their_passwords_to_themselves_and_keep_their_data()
    {
        var folder = Directory.CreateTempSubdirectory("ivg-servers-").FullName;
        var outside = "";
        try
        {
            await using (var app = await StartAsync(folder))
            {
                await using var database = await OpenAsync(app);
                await using var create = new NpgsqlCommand("CREATE TABLE kept AS SELECT 42 AS answer", database);
                await create.ExecuteNonQueryAsync();
                var redisString = (await app.GetConnectionStringAsync("redis"))!;
                await using var redis = await ConnectionMultiplexer.ConnectAsync(redisString);
                await redis.GetDatabase().StringSetAsync("kept", "yes");

                AssertNotOnACommandLine(new NpgsqlConnectionStringBuilder(database.ConnectionString + $";Password={File.ReadAllText(Path.Combine(folder, "secrets", "postgres-password"))}").Password!);
                AssertNotOnACommandLine(File.ReadAllText(Path.Combine(folder, "secrets", "redis-password")));
                outside = new DirectoryInfo(Path.Combine(folder, "postgres")).LinkTarget ?? "";
                await app.StopAsync(Shell.Timeout());
            }

            await using (var app = await StartAsync(folder))
            {
                await using var database = await OpenAsync(app);
                await using var read = new NpgsqlCommand("SELECT answer FROM kept", database);
                Assert.Equal(42, await read.ExecuteScalarAsync());
                await using var redis = await ConnectionMultiplexer.ConnectAsync((await app.GetConnectionStringAsync("redis"))!);
                Assert.Equal("yes", await redis.GetDatabase().StringGetAsync("kept"));
                await app.StopAsync(Shell.Timeout());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            if (outside.Length > 0)
                Directory.Delete(Path.GetDirectoryName(outside)!, recursive: true);
        }
    }

    [Fact]
    public async Task Killed_server_comes_back_on_the_same_port()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddRedis("redis");
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", Shell.Timeout());
        var connectionString = await app.GetConnectionStringAsync("redis");
        var victim = Assert.Single(app.GetProcessIds("redis"));

        UnixCalls.Signal(victim, UnixCalls.SigKill);
        await app.ResourceNotifications.WaitForResourceAsync("redis", e => e.Snapshot.State?.Text != KnownResourceStates.Running, Shell.Timeout());
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", Shell.Timeout());

        Assert.Equal(connectionString, await app.GetConnectionStringAsync("redis"));
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString!);
        Assert.True(redis.IsConnected);
    }

    [Fact]
    public async Task Connection_string_in_the_configuration_takes_the_place_of_a_server()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--ConnectionStrings:shop=Host=elsewhere", "--ConnectionStrings:cache=elsewhere:6379");
        var shop = builder.AddPostgres("postgres").AddDatabase("shop");
        var cache = builder.AddRedis("cache");
        builder.AddShell("service", "env; exec sleep 1000").WithReference(shop).WithReference(cache);
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());

        await Shell.UntilAsync(() => app.GetConsoleTail("service", 500).Contains("ConnectionStrings__cache=elsewhere:6379"), Shell.Timeout());
        await Shell.UntilAsync(() => app.GetConsoleTail("service", 500).Contains("ConnectionStrings__shop=Host=elsewhere"), Shell.Timeout());
        Assert.Empty(app.GetProcessIds("postgres"));
        Assert.Empty(app.GetProcessIds("cache"));
    }

    private static async Task<DistributedApplication> StartAsync(string folder)
    {
        var builder = DistributedApplicationTestingBuilder.Create($"--Hosting:DataDirectory={folder}");
        builder.AddPostgres("postgres").AddDatabase("shop");
        builder.AddRedis("redis");
        var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());
        await app.ResourceNotifications.WaitForResourceHealthyAsync("shop", Shell.Timeout());
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", Shell.Timeout());
        return app;
    }

    private static async Task<NpgsqlConnection> OpenAsync(DistributedApplication app)
    {
        var connection = new NpgsqlConnection(await app.GetConnectionStringAsync("shop") + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static void AssertNotOnACommandLine(string secret)
    {
        Assert.True(secret.Length > 20);
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
        {
            try
            {
                Assert.DoesNotContain(secret, File.ReadAllText(Path.Combine(process, "cmdline")), StringComparison.Ordinal);
            }
            catch (IOException)
            {
                // Ended while we looked.
            }
        }
    }
}
