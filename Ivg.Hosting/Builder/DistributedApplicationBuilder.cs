using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Publishing;
using Ivg.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ivg.Hosting.Builder;

/// <summary>The embedded engine's builder.</summary>
internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly TestSession? _testSession = TestSession.Current;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        AppHostAssembly = _testSession?.AppHostAssembly
            ?? (options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly());
        AppHostDirectory = Path.GetDirectoryName(ProjectPath()) ?? Directory.GetCurrentDirectory();
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            // What an entry point made of its arguments; the test's own only where it passes none on.
            Args = options.Args is { Length: > 0 } given ? given : _testSession?.Args,
            ContentRootPath = AppHostDirectory,
            ApplicationName = AppHostAssembly?.GetName().Name,
            EnvironmentName = EnvironmentName(),
        });

        // The terminal has one voice, and it is not the logger's; what goes wrong inside the host is still said.
        _host.Logging.SetMinimumLevel(LogLevel.Warning);
        _host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        _host.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        _host.Configuration.AddCommandLine(_testSession?.Args ?? options.Args ?? [], PublishSettings.Switches);
        ExecutionContext = new DistributedApplicationExecutionContext(PublishSettings.Operation(_host.Configuration));
        _host.Services.AddEmbeddedHost(this);
        _host.Services.Configure<EmbeddedHostOptions>(_host.Configuration.GetSection("Hosting"));
        if (options.DisableDashboard)
            _host.Services.PostConfigure<EmbeddedHostOptions>(o => o.DashboardEnabled = false);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (Resources.Any(r => string.Equals(r.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
            throw new DistributedApplicationException($"The model has two resources named '{resource.Name}'. Rename one of them.");

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
        => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        // A test builds the application itself, after it has had its say.
        _testSession?.Intercept(this);
        return BuildApplication();
    }

    internal DistributedApplication BuildApplication()
    {
        var host = _host.Build();
        ExecutionContext.ServiceProvider = host.Services;
        return new DistributedApplication(host, ExecutionContext.Operation);
    }

    private string? ProjectPath() => AppHostAssembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => string.Equals(a.Key, "AppHostProjectPath", StringComparison.OrdinalIgnoreCase))?.Value;

    private static string EnvironmentName()
        => System.Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
            ?? System.Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
            ?? Environments.Development;
}
