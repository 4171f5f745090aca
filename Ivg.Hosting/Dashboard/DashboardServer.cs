using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Dashboard.Resources;
using Ivg.Hosting.Processes;
using Ivg.Hosting.Telemetry;
using Ivg.Hosting.Telemetry.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ivg.Hosting.Dashboard;

/// <summary>Serves the dashboard and takes telemetry, on loopback, in a web application of its own.</summary>
internal sealed class DashboardServer(EmbeddedHostOptions options, DashboardAddress address, OtlpAccess otlp, Ports ports, IServiceProvider host)
    : IHostedService, IAsyncDisposable
{
    // What the pages show is the host's.
    private static readonly Type[] OfTheHost =
    [
        typeof(DashboardAddress), typeof(OtlpAccess), typeof(TelemetryStore), typeof(TelemetryOptions), typeof(Terminal), typeof(TimeProvider),
        typeof(DistributedApplicationModel), typeof(ResourceNotificationService), typeof(ResourceLoggerService), typeof(ResourceCommandService),
    ];

    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.DashboardEnabled)
            return;

        var port = TakePort(options.DashboardPort, "the dashboard listens on", options.DashboardPortSetting);
        var otlpPort = TakePort(options.OtlpPort, "takes telemetry", options.OtlpPortSetting);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(port);
            // Without TLS a port speaks one version: gRPC needs HTTP/2, browsers HTTP/1.1.
            kestrel.ListenLocalhost(otlpPort, listen => listen.Protocols = HttpProtocols.Http2);
        });
        foreach (var type in OfTheHost)
            builder.Services.AddSingleton(type, host.GetRequiredService(type));
        foreach (var page in host.GetServices<DashboardPage>())
            builder.Services.AddSingleton(page);
        builder.Services.AddSingleton<UsageSampler>();
        builder.Services.AddSingleton<SecretMask>();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        builder.Services.AddOtlp();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();

        _app = builder.Build();
        address.Port = port;
        otlp.HttpUrl = Url(port);
        otlp.GrpcUrl = Url(otlpPort);
        _app.Use(DashboardSecurity.GuardAsync);
        _app.UseRequestDecompression();
        _app.MapOtlp();
        _app.MapDashboard();
        await _app.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");

    private int TakePort(int wanted, string purpose, string setting)
    {
        var port = wanted == 0 ? ports.TakeFree() : wanted;
        return Ports.IsFree(port) ? port : throw new DistributedApplicationException(
            $"Port {port}, which {purpose}, is in use by {Ports.Holder(port)}. Stop it, or choose another port with {setting} (0 is any free one).");
    }

    /// <summary>Ctrl+C is for the host, which then stops the dashboard last.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
