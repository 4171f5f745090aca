using Ivg.Core.BackgroundRemoval;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ivg.Tests.BackgroundRemoval;

/// <summary>The real thing with real weights, which are fetched once and kept in the user's data folder for later runs.</summary>
public sealed class ModelFixture : IAsyncLifetime
{
    private IHost? _host;

    internal BackgroundModel Model => Get<DefaultModel>().Model;

    internal T Get<T>() where T : notnull => _host!.Services.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection([new("BG_MODEL", "isnet-fp16")]);
        builder.AddBackgroundRemoval();
        _host = builder.Build();
        await _host.StartAsync();
        await Get<DefaultModel>().Ready.WaitAsync(TimeSpan.FromMinutes(5));
    }

    public async Task DisposeAsync()
    {
        await _host!.StopAsync();
        _host.Dispose();
    }

    internal Task<Cutout> RemoveAsync(byte[] source, BackgroundRemovalRequest? request = null, CancellationToken cancellationToken = default) =>
        Get<BackgroundRemover>().RemoveAsync(source, Model, request ?? new BackgroundRemovalRequest(), (_, _, _) => Task.CompletedTask, cancellationToken);
}
