using System.Collections.Concurrent;

namespace Ivg.Api.Jobs;

/// <summary>The watchers of this process by what they watch.</summary>
internal sealed class WatcherSet<TKey> where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, ConcurrentDictionary<Watcher, byte>> _watchers = new();

    /// <summary>Everything that is watched.</summary>
    public IEnumerable<TKey> Keys => _watchers.Keys;

    /// <summary>Watches until disposed.</summary>
    public Watcher Watch(TKey key)
    {
        var watcher = new Watcher(one => Forget(key, one));
        while (true)
        {
            var of = _watchers.GetOrAdd(key, _ => new());
            of[watcher] = 0;
            // The set may have been removed as empty between the two steps.
            if (_watchers.TryGetValue(key, out var current) && ReferenceEquals(current, of)) return watcher;
        }
    }

    /// <summary>Wakes the watchers that have not told of that version.</summary>
    public void Wake(TKey key, long version = long.MaxValue)
    {
        if (!_watchers.TryGetValue(key, out var of)) return;
        foreach (var (watcher, _) in of) watcher.WakeIfBehind(version);
    }

    private void Forget(TKey key, Watcher watcher)
    {
        if (!_watchers.TryGetValue(key, out var of)) return;
        of.TryRemove(watcher, out _);
        if (of.IsEmpty) _watchers.TryRemove(new(key, of));
    }
}
