using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Unix;

namespace Ivg.Hosting.Processes;

/// <summary>Starts processes that cannot outlive the host.</summary>
internal sealed class ProcessRunner(ResourceLoggerService consoles, Data.DataFolder data) : IDisposable
{
    private readonly Lazy<Guardian> _guardian = new();

    public async Task<ChildProcess> StartAsync(string resourceId, ProcessSpec spec, CancellationToken cancellationToken)
    {
        // The guardian must be there first: it is what makes the child safe.
        var guardian = _guardian.Value;
        var child = await ChildProcess.StartAsync(spec, consoles.Console(resourceId), cancellationToken);
        guardian.Add(child.Id, spec.StopSignal);
        data.Ledger.Add(child.Id, resourceId, spec.StopSignal);
        return child;
    }

    public void Forget(ChildProcess child)
    {
        _guardian.Value.Remove(child.Id);
        data.Ledger.Remove(child.Id);
        child.Dispose();
    }

    public void Dispose()
    {
        if (_guardian.IsValueCreated)
            _guardian.Value.Dispose();
    }
}
