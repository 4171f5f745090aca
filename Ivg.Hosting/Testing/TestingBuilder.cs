using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Ivg.Hosting.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ivg.Hosting.Testing;

internal sealed class TestingBuilder : IDistributedApplicationTestingBuilder
{
    private readonly DistributedApplicationBuilder _builder;
    private DistributedApplication? _app;

    public TestingBuilder(DistributedApplicationBuilder builder)
    {
        _builder = builder;
        var given = builder.Configuration["Hosting:DataDirectory"];
        var temporary = given is null ? new TemporaryDataFolder() : null;
        if (temporary is not null)
            builder.Services.AddSingleton(_ => temporary); // By a factory: the container disposes of what it made.
        builder.Services.PostConfigure<EmbeddedHostOptions>(options =>
        {
            options.DataDirectory = given ?? temporary!.Path;
            options.UnreachableDataRoot = temporary?.OutsidePath ?? options.UnreachableDataRoot;
            options.RandomizePorts = true;
            options.WriteToTerminal = false;
            options.DashboardPort = 0;
            options.DashboardEnabled = builder.Configuration.GetValue("Hosting:DashboardEnabled", defaultValue: false);
        });
    }

    public ConfigurationManager Configuration => _builder.Configuration;

    public string AppHostDirectory => _builder.AppHostDirectory;

    public Assembly? AppHostAssembly => _builder.AppHostAssembly;

    public IHostEnvironment Environment => _builder.Environment;

    public IServiceCollection Services => _builder.Services;

    public DistributedApplicationExecutionContext ExecutionContext => _builder.ExecutionContext;

    public IResourceCollection Resources => _builder.Resources;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
        => _builder.AddResource(resource);

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
        => _builder.CreateResourceBuilder(resource);

    public DistributedApplication Build()
    {
        // Created first, so that it is disposed of last, when nothing uses the folder any more.
        _app ??= _builder.BuildApplication();
        _app.Services.GetService<TemporaryDataFolder>();
        return _app;
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) => Task.FromResult(Build());

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    public void Dispose() => _app?.Dispose();
}
