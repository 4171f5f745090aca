using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Ivg.Hosting.Data;

/// <summary>Takes the data folder before anything else, so that a second host of the same folder is told about the first.</summary>
internal sealed class DataFolderOpener(DataFolder data, ResourceLoggerService consoles, Terminal terminal, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        data.Open();
        consoles.Folder = data.Logs;
        foreach (var orphan in await data.Ledger.SweepAsync(time, cancellationToken))
            terminal.Say(orphan, "left over from a host that was killed; ended it");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
