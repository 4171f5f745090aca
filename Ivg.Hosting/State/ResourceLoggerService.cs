using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console of every resource.</summary>
public sealed class ResourceLoggerService : IDisposable
{
    private const int KeptOfEach = 2000;
    private const int Batch = 500;
    private readonly ConcurrentDictionary<string, ResourceConsole> _consoles = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Channel<ConsoleLine>, string?> _watchers = new();
    private readonly TimeProvider _time;

    internal ResourceLoggerService(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>Where each console is kept as a file; none until it is set.</summary>
    internal string? Folder { get; set; }

    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return WatchAsync(resource.Name);
    }

    /// <param name="resourceName">A resource's name, or with replicas the id of one of them.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => Lines(resourceName);

    public void Dispose()
    {
        foreach (var console in _consoles.Values)
            console.Dispose();
    }

    internal ResourceConsole Console(string resourceId)
        => _consoles.GetOrAdd(resourceId, id => new ResourceConsole(id, Folder is null ? null : Path.Combine(Folder, $"{id}.log"), _time, Tell));

    /// <summary>The lines kept of one console, or of all in the order of their time.</summary>
    internal IReadOnlyList<ConsoleLine> Kept(string? resourceId)
        => resourceId is not null
            ? Console(resourceId).Tail(KeptOfEach)
            : [.. _consoles.Values.SelectMany(c => c.Tail(KeptOfEach)).OrderBy(l => l.Time)];

    /// <summary>The lines kept, and from now on each new one; a reader that falls behind loses the oldest.</summary>
    internal async IAsyncEnumerable<IReadOnlyList<ConsoleLine>> WatchLinesAsync(
        string? resourceId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<ConsoleLine>(new BoundedChannelOptions(KeptOfEach) { FullMode = BoundedChannelFullMode.DropOldest });
        _watchers.TryAdd(channel, resourceId);
        try
        {
            // Watched first and read then, so that no line is missed; those of both are told once.
            var told = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            foreach (var lines in Kept(resourceId).Chunk(Batch))
                yield return New(lines, told);
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var lines = new List<ConsoleLine>();
                while (lines.Count < Batch && channel.Reader.TryRead(out var line))
                    lines.Add(line);
                yield return New(lines, told);
            }
        }
        finally
        {
            _watchers.TryRemove(channel, out _);
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> Lines(string resourceId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var lines in WatchLinesAsync(resourceId, cancellationToken))
            yield return [.. lines.Select(l => l.Line)];
    }

    private static List<ConsoleLine> New(IEnumerable<ConsoleLine> lines, Dictionary<string, int> told)
    {
        var fresh = lines.Where(l => l.Line.LineNumber > told.GetValueOrDefault(l.Resource)).ToList();
        foreach (var line in fresh)
            told[line.Resource] = Math.Max(told.GetValueOrDefault(line.Resource), line.Line.LineNumber);
        return fresh;
    }

    private void Tell(ConsoleLine line)
    {
        foreach (var (channel, wanted) in _watchers)
            if (wanted is null || string.Equals(wanted, line.Resource, StringComparison.OrdinalIgnoreCase))
                channel.Writer.TryWrite(line);
    }
}
