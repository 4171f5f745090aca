namespace Ivg.Tests.Application;

/// <summary>An application of its own for tests that kill its processes and servers; they run one after another.</summary>
public sealed class FaultApplication : IAsyncLifetime
{
    private IvgApplication? _app;

    internal IvgApplication App => _app!;

    public async Task InitializeAsync() => _app = await IvgApplication.StartAsync(
        ("JOB_LEASE_SECONDS", "6"), ("MAX_QUEUED_PER_USER", "1000"), ("MAX_CONCURRENT_PER_USER", "50"));

    public async Task DisposeAsync() => await App.DisposeAsync();
}
