using Microsoft.Extensions.Hosting;

namespace Ivg.Hosting.Publishing;

/// <summary>Publishes as the host starts, and ends the host.</summary>
internal sealed class PublishService(Publisher publisher, Terminal terminal, IHostApplicationLifetime lifetime) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        terminal.WriteLine(await publisher.PublishAsync(cancellationToken));
        lifetime.StopApplication();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
