using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console of every resource.</summary>
public sealed class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceConsole> _consoles = new(StringComparer.OrdinalIgnoreCase);

    internal ResourceLoggerService()
    {
    }

    /// <summary>Where each console is kept as a file; none until it is set.</summary>
    internal string? Folder { get; set; }

    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return WatchAsync(resource.Name);
    }

    /// <param name="resourceName">A resource's name, or with replicas the id of one of them.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => Watch(resourceName);

    public void Dispose()
    {
        foreach (var console in _consoles.Values)
            console.Dispose();
    }

    internal ResourceConsole Console(string resourceId)
        => _consoles.GetOrAdd(resourceId, id => new ResourceConsole(Folder is null ? null : Path.Combine(Folder, $"{id}.log")));

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> Watch(string resourceId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var console = Console(resourceId);
        var channel = console.Watch();
        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var batch = new List<LogLine>();
                while (batch.Count < 500 && channel.Reader.TryRead(out var line))
                    batch.Add(line);
                yield return batch;
            }
        }
        finally
        {
            console.Unwatch(channel);
        }
    }
}
