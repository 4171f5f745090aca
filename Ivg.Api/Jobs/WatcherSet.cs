namespace Ivg.Api.Jobs;

/// <summary>The watchers of this process by what they watch.</summary>
internal sealed class WatcherSet<TKey> where TKey : notnull
{
    private readonly Dictionary<TKey, Watcher[]> _watchers = [];

    /// <summary>Everything that is watched.</summary>
    public TKey[] Keys
    {
        get
        {
            lock (_watchers) return [.. _watchers.Keys];
        }
    }

    /// <summary>Every watcher.</summary>
    public Watcher[] All
    {
        get
        {
            lock (_watchers) return [.. _watchers.Values.SelectMany(of => of)];
        }
    }

    /// <summary>Watches until disposed.</summary>
    public Watcher Watch(TKey key, long started)
    {
        var watcher = new Watcher(started, one => Forget(key, one));
        lock (_watchers) _watchers[key] = [.. _watchers.GetValueOrDefault(key, []), watcher];
        return watcher;
    }

    /// <summary>Wakes the watchers that have not told of that version.</summary>
    public void Wake(TKey key, long version = long.MaxValue)
    {
        Watcher[]? of;
        lock (_watchers)
        {
            if (!_watchers.TryGetValue(key, out of)) return;
        }
        foreach (var watcher in of) watcher.WakeIfBehind(version);
    }

    private void Forget(TKey key, Watcher watcher)
    {
        lock (_watchers)
        {
            if (!_watchers.TryGetValue(key, out var of)) return;
            var left = of.Where(one => one != watcher).ToArray();
            if (left.Length > 0) _watchers[key] = left;
            else _watchers.Remove(key);
        }
    }
}
