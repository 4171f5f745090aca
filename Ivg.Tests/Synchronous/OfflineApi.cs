using Ivg.Tests.Application;

namespace Ivg.Tests.Synchronous;

/// <summary>One such API for the tests that do it no harm.</summary>
public sealed class OfflineApi : IAsyncLifetime
{
    private OwnServers? _servers;
    private SynchronousApi? _api;

    internal SynchronousApi Api => _api!;

    public async Task InitializeAsync()
    {
        _servers = await OwnServers.CreateAsync();
        _api = await SynchronousApi.StartAsync(_servers);
    }

    public async Task DisposeAsync()
    {
        await Api.DisposeAsync();
        await _servers!.DisposeAsync();
    }
}
