using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ivg.Hosting.Dashboard;

/// <summary>Serves the dashboard on loopback, in a web application of its own.</summary>
internal sealed class DashboardServer(
    EmbeddedHostOptions options,
    DashboardAddress address,
    Ports ports,
    Terminal terminal,
    ResourceNotificationService notifications,
    ResourceLoggerService consoles,
    ResourceCommandService commands) : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.DashboardEnabled)
            return;

        var port = options.DashboardPort == 0 ? ports.TakeFree() : options.DashboardPort;
        if (!Ports.IsFree(port))
            throw new DistributedApplicationException(
                $"Port {port}, which the dashboard listens on, is in use by {Ports.Holder(port)}. Stop it, or choose another port with {options.DashboardPortSetting} (0 is any free one).");

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(port);
        });
        builder.Services.AddSingleton(address).AddSingleton(terminal).AddSingleton(notifications).AddSingleton(consoles).AddSingleton(commands);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();

        _app = builder.Build();
        address.Port = port;
        _app.Use(DashboardSecurity.GuardAsync);
        DashboardEndpoints.Map(_app);
        await _app.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Ctrl+C is for the host, which then stops the dashboard last.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
