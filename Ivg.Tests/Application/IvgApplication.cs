using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Ivg.GeminiEmulator;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StackExchange.Redis;

namespace Ivg.Tests.Application;

/// <summary>The whole application from its AppHost, real servers and all, with the emulator in Google's place.</summary>
public sealed class IvgApplication : IAsyncDisposable
{
    private static readonly TimeSpan StartUp = TimeSpan.FromMinutes(4);

    // Its test host would be one of production, with the generated password of no run but this, and all would share one volume.
    private static string[] OnAspire => ["--environment=Development", $"--AppHostSha={Guid.NewGuid():N}"];

    private readonly DistributedApplication _app;

    private IvgApplication(DistributedApplication app, GeminiEmulatorHost emulator, string database, string redis) =>
        (_app, Emulator, Database, DatabaseConnection, RedisConnection) = (app, emulator, NpgsqlDataSource.Create(database), database, redis);

    /// <summary>What the workers take for Google.</summary>
    internal GeminiEmulatorHost Emulator { get; }

    internal NpgsqlDataSource Database { get; }

    /// <summary>For programs that a test starts itself.</summary>
    internal string DatabaseConnection { get; }

    internal string RedisConnection { get; }

    /// <summary>Where the API answers.</summary>
    internal Uri Address => AddressOf("api");

    /// <summary>Where a service answers.</summary>
    internal Uri AddressOf(string resource) => _app.GetEndpoint(resource, "http");

    /// <summary>Those of the AppHost.</summary>
    internal IServiceProvider Services => _app.Services;

    /// <summary>Starts it on ports and a data folder of its own and waits until everything is healthy.</summary>
    internal static Task<IvgApplication> StartAsync(params (string Name, string Value)[] settings) => StartAsync([], settings);

    /// <summary>The same, with more arguments for the AppHost itself.</summary>
    internal static async Task<IvgApplication> StartAsync(string[] arguments, params (string Name, string Value)[] settings)
    {
        using var limit = new CancellationTokenSource(StartUp);
        var emulator = await GeminiEmulatorHost.StartAsync(cancellationToken: limit.Token);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Ivg_AppHost>(["--IVG_PORT=0", .. OnAspire, .. arguments], limit.Token);
        (string Name, string Value)[] all =
        [
            ("GEMINI_API_KEY", "test-key"), ("GEMINI_BASE_URL", emulator.BaseUrl), ("BG_MODEL", "isnet-fp16"), ("BG_MODEL_DIR", ModelFolder()),
            ("JOB_BACKOFF_SECONDS", "0.05"), .. settings,
        ];
        // The AppHost's own commands ask the API with a key as well.
        builder.Configuration["PLATFORM_API_KEYS"] = all.LastOrDefault(setting => setting.Name == "PLATFORM_API_KEYS").Value;
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
        {
            foreach (var (name, value) in all) builder.CreateResourceBuilder(project).WithEnvironment(name, value);
        }
        var app = await builder.BuildAsync(limit.Token);
        await app.StartAsync(limit.Token);
        foreach (var name in new[] { "api", "generate-worker", "bg-worker" })
            await app.ResourceNotifications.WaitForResourceHealthyAsync(name, limit.Token);
        var database = (await app.GetConnectionStringAsync("ivgdb", limit.Token))!;
        return new IvgApplication(app, emulator, database, (await app.GetConnectionStringAsync("redis", limit.Token))!);
    }

    /// <summary>A caller with a session of its own.</summary>
    internal IvgClient NewUser() => new(Address, Guid.CreateVersion7().ToString("N"));

    internal async Task<IConnectionMultiplexer> ConnectRedisAsync() => await ConnectionMultiplexer.ConnectAsync(RedisConnection + ",allowAdmin=true");

    internal IReadOnlyList<int> ProcessIds(string resource) => _app.GetProcessIds(resource);

    /// <summary>Carries out a command, which must succeed, and returns what it tells.</summary>
    internal async Task<string?> CommandAsync(string resource, string command)
    {
        var result = await _app.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(resource, command);
        Assert.True(result.Success, result.Message);
        return result.Message;
    }

    internal Task HealthyAsync(string resource, CancellationToken cancellationToken) =>
        _app.ResourceNotifications.WaitForResourceHealthyAsync(resource, cancellationToken);

    /// <summary>Waits until a resource that runs once has ended well.</summary>
    internal async Task EndedAsync(string resource, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        var ended = await _app.ResourceNotifications.WaitForResourceAsync(resource, e => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text), limit.Token);
        Assert.Equal(0, ended.Snapshot.ExitCode);
    }

    internal string ConsoleOf(string resource) => string.Join('\n', _app.GetConsoleTail(resource, 5000));

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _app.DisposeAsync();
        await Emulator.DisposeAsync();
    }

    // Weights are fetched once for all runs on this machine.
    internal static string ModelFolder() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "ivg", "models");
}
