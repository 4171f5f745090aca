using Ivg.Tests.Application;

namespace Ivg.Tests.Synchronous;

/// <summary>The API alone on a migrated database: no Redis, no workers.</summary>
internal sealed class SynchronousApi : IAsyncDisposable
{
    private SynchronousApi(OwnServers servers, ServiceProcess process, Uri address) => (Servers, Process, Address) = (servers, process, address);

    public OwnServers Servers { get; }

    public ServiceProcess Process { get; }

    public Uri Address { get; }

    public static async Task<SynchronousApi> StartAsync(OwnServers servers, params (string, string)[] settings)
    {
        (string, string)[] all =
        [
            ("ConnectionStrings__ivgdb", servers.DatabaseConnection), ("ASYNC_TASKS_ENABLED", "false"), ("IMAGE_PROVIDER", "offline"),
            ("BG_MODEL", "isnet-fp16"), ("BG_MODEL_DIR", IvgApplication.ModelFolder()), .. ServiceProcess.Hosting("Development"), .. settings,
        ];
        var (process, address) = await ServiceProcess.StartListeningAsync("Ivg.Api", all);
        return new SynchronousApi(servers, process, address);
    }

    /// <summary>One that asks the shared application's emulator, whose answers a test can script.</summary>
    public static async Task<SynchronousApi> StartWithEmulatorAsync(OwnServers servers, params (string, string)[] settings)
    {
        var app = await SharedApplication.GetAsync();
        return await StartAsync(servers, [
            ("IMAGE_PROVIDER", "nano_banana"), ("GEMINI_API_KEY", "test-key"), ("GEMINI_BASE_URL", app.Emulator.BaseUrl), ("GEMINI_RETRY_DELAY", "0.01"),
            ("JOB_BACKOFF_SECONDS", "0.05"), .. settings]);
    }

    public IvgClient NewUser() => new(Address, Guid.CreateVersion7().ToString("N"));

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
