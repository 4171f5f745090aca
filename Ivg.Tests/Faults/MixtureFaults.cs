using Ivg.Tests.Application;

namespace Ivg.Tests.Faults;

/// <summary>One fault after another, at random, each undone before the next; processes and servers have a series of their own.</summary>
internal sealed class MixtureFaults(FaultApplication faults, Action<string> say)
{
    private readonly IvgApplication _app = faults.App;

    /// <summary>What can happen to our programs.</summary>
    public Task ProcessesAsync(Random random, CancellationToken over) => RunAsync(random,
    [
        ("kill generate-worker", () => KillAsync("generate-worker")),
        ("kill bg-worker", () => KillAsync("bg-worker")),
        ("kill api", () => KillAsync("api")),
        ("restart generate-worker", () => RestartAsync("generate-worker")),
        ("restart bg-worker", () => RestartAsync("bg-worker")),
        ("restart api", () => RestartAsync("api")),
        ("freeze generate-worker", () => FreezeAsync("generate-worker", Seconds(random, 10))),
        ("freeze bg-worker", () => FreezeAsync("bg-worker", Seconds(random, 10))),
        ("second worker killed", () => SecondAsync("KILL", Seconds(random, 6))),
        ("second worker stopped", () => SecondAsync("TERM", Seconds(random, 6))),
    ], over);

    /// <summary>What can happen to Redis and Postgres.</summary>
    public Task ServersAsync(Random random, CancellationToken over) => RunAsync(random,
    [
        ("restart redis", () => _app.CommandAsync("redis", "restart")),
        ("redis away", async () =>
        {
            await using (await faults.WithoutRedisAsync()) await Task.Delay(Seconds(random, 6));
        }),
        ("freeze redis", () => FreezeAsync("redis", Seconds(random, 6))),
        ("flush redis", () => RedisAsync(_ => Task.CompletedTask, TimeSpan.Zero, ["FLUSHALL"])),
        ("cut redis", () => RedisAsync(_ => Task.CompletedTask, TimeSpan.Zero, ["CLIENT", "KILL", "TYPE", "normal"], ["CLIENT", "KILL", "TYPE", "pubsub"])),
        ("redis full", () => RedisAsync(redis => redis("CONFIG SET maxmemory 0"), Seconds(random, 4), ["CONFIG", "SET", "maxmemory", "1kb"])),
        ("redis without replicas", () => RedisAsync(redis => redis("CONFIG SET min-replicas-to-write 0"), Seconds(random, 4), ["CONFIG", "SET", "min-replicas-to-write", "1"])),
        ("redis holds writes", () => RedisAsync(redis => redis("CLIENT UNPAUSE"), Seconds(random, 4), ["CLIENT", "PAUSE", "10000", "WRITE"])),
        ("restart postgres", () => _app.CommandAsync("postgres", "restart")),
        ("kill postgres", () => KillAsync("postgres")),
        ("cut postgres", CutPostgresAsync),
    ], over);

    private static TimeSpan Seconds(Random random, int most) => TimeSpan.FromSeconds(0.2 + random.NextDouble() * most);

    private async Task RunAsync(Random random, (string Name, Func<Task> Fault)[] all, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var (name, fault) = all[random.Next(all.Length)];
            say(name);
            await fault();
            await Task.Delay(Seconds(random, 4), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task KillAsync(string resource)
    {
        foreach (var id in _app.ProcessIds(resource)) await Signals.TrySendAsync(id, "KILL");
        await RestartAsync(resource);
    }

    // A program that waits for Redis while Redis is stopped gives up, as it does under Aspire; its operator starts it again.
    private async Task RestartAsync(string resource)
    {
        await _app.CommandAsync(resource, "restart");
        await Until.TrueAsync(async () =>
        {
            await _app.CommandAsync(resource, "start");
            return _app.ProcessIds(resource).Count > 0;
        }, IvgClient.Patience, $"{resource} to run");
    }

    private async Task FreezeAsync(string resource, TimeSpan time)
    {
        var ids = _app.ProcessIds(resource);
        foreach (var id in ids) await Signals.TrySendAsync(id, "STOP");
        await Task.Delay(time);
        foreach (var id in ids) await Signals.TrySendAsync(id, "CONT");
    }

    private async Task SecondAsync(string signal, TimeSpan time)
    {
        await using var worker = faults.LaunchWorker();
        await Task.Delay(TimeSpan.FromSeconds(2) + time);
        await Signals.TrySendAsync(worker.ProcessId, signal);
        await worker.ExitAsync();
    }

    private async Task RedisAsync(Func<Func<string, Task>, Task> undo, TimeSpan time, params string[][] commands)
    {
        // After a restart it may still be loading.
        await using var redis = await Until.TrueAsync(async () =>
        {
            try
            {
                return await _app.ConnectRedisAsync();
            }
            catch (StackExchange.Redis.RedisException)
            {
                return null;
            }
        }, IvgClient.Patience, "Redis to answer");
        Task ExecuteAsync(string[] words) => redis.GetDatabase().ExecuteAsync(words[0], [.. words[1..]]);
        foreach (var command in commands) await ExecuteAsync(command);
        await Task.Delay(time);
        await undo(command => ExecuteAsync(command.Split(' ')));
    }

    private async Task CutPostgresAsync()
    {
        try
        {
            _app.Database.Clear();
            await using var command = _app.Database.CreateCommand("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
            await command.ExecuteNonQueryAsync();
        }
        catch (Npgsql.NpgsqlException)
        {
            // It is just coming back from another fault.
        }
    }
}
