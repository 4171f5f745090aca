using Dapper;
using Ivg.Tests.Application;
using StackExchange.Redis;

namespace Ivg.Tests.Faults;

/// <summary>An application of its own for tests that kill its processes and servers; they run one after another.</summary>
public sealed class FaultApplication : IAsyncLifetime
{
    private static readonly (string Name, string Value)[] Settings =
        [("JOB_LEASE_SECONDS", "6"), ("MAX_QUEUED_PER_USER", "1000"), ("MAX_CONCURRENT_PER_USER", "50")];

    private IvgApplication? _app;

    internal IvgApplication App => _app!;

    public async Task InitializeAsync() => _app = await IvgApplication.StartAsync(Settings);

    public async Task DisposeAsync() => await App.DisposeAsync();

    /// <summary>One more generate worker beside the application's own, reading when this returns.</summary>
    internal async Task<ServiceProcess> StartWorkerAsync(params (string, string)[] settings)
    {
        var worker = LaunchWorker(settings);
        await ReadsAsync(worker.ProcessId);
        return worker;
    }

    internal ServiceProcess LaunchWorker(params (string, string)[] settings) => ServiceProcess.Start("Ivg.GenerateWorker",
    [
        .. ServiceProcess.ForApi(App, "Development"), .. Settings, ("GEMINI_API_KEY", "test-key"), ("GEMINI_BASE_URL", App.Emulator.BaseUrl), ("JOB_BACKOFF_SECONDS", "0.05"), .. settings,
    ]);

    /// <summary>Stops the application's own generate worker, for a test that brings its own; what is returned starts it again, reading when it returns.</summary>
    internal async Task<IAsyncDisposable> WithoutWorkerAsync()
    {
        await App.CommandAsync("generate-worker", "stop");
        return new Afterwards(async () =>
        {
            await App.CommandAsync("generate-worker", "start");
            await Until.TrueAsync(() => Task.FromResult(App.ProcessIds("generate-worker").Count > 0), IvgClient.Patience, "the worker to start");
            await ReadsAsync(App.ProcessIds("generate-worker")[0]);
        });
    }

    /// <summary>Stops Redis; what is returned starts it again, whatever came in between.</summary>
    internal async Task<IAsyncDisposable> WithoutRedisAsync()
    {
        await App.CommandAsync("redis", "stop");
        return new Afterwards(() => App.CommandAsync("redis", "start"));
    }

    /// <summary>Makes Redis hold every write back, and forget it when its client dies; reads are answered, so that tests can look.</summary>
    internal static async Task<IAsyncDisposable> HoldWritesAsync(IConnectionMultiplexer redis)
    {
        var database = redis.GetDatabase();
        await database.ExecuteAsync("CLIENT", "PAUSE", 60_000, "WRITE");
        return new Afterwards(() => database.ExecuteAsync("CLIENT", "UNPAUSE"));
    }

    /// <summary>Another instance of the API, on the same servers.</summary>
    internal Task<(ServiceProcess Service, Uri Address)> StartApiAsync(params (string, string)[] settings) =>
        ServiceProcess.StartApiAsync(App, "Development", [.. Settings, .. settings]);

    /// <summary>Waits until a worker process has completed a read of its queue after this was called.</summary>
    internal async Task ReadsAsync(int processId)
    {
        await using var connection = await App.Database.OpenConnectionAsync();
        var since = await connection.ExecuteScalarAsync<DateTime>("select now()");
        await Until.TrueAsync(() => connection.ExecuteScalarAsync<bool>(
            "select exists (select from workers where name like '%:' || @processId || ':%' and last_read_at > @since)", new { processId, since }),
            IvgClient.Patience, $"worker {processId} to read");
    }

    /// <summary>The process that holds a job's lease.</summary>
    internal async Task<int> OwnerOfAsync(string jobId)
    {
        await using var connection = await App.Database.OpenConnectionAsync();
        var owner = await connection.ExecuteScalarAsync<string>("select lease_owner from jobs where job_id = @id", new { id = Guid.Parse(jobId) });
        Assert.NotNull(owner);
        return int.Parse(owner.Split(':')[^2], provider: null);
    }

    /// <summary>Kills a resource's process and has it started again at once, without the wait that grows with each crash.</summary>
    internal async Task KillAndStartAsync(string resource)
    {
        await Signals.SendAsync(App.ProcessIds(resource)[0], "KILL");
        await App.CommandAsync(resource, "restart");
    }
}
