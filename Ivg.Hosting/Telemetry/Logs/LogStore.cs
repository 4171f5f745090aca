namespace Ivg.Hosting.Telemetry.Logs;

/// <summary>The newest lines. A query reads them all: a hundred thousand take milliseconds, and every attribute can be asked for.</summary>
internal sealed class LogStore(TelemetryOptions options)
{
    private readonly Ring<LogEntry> _entries = new();
    private readonly Lock _gate = new();
    private long _bytes;
    private long _lastId;

    public int Count => _entries.Count;

    public long Dropped { get; private set; }

    public void Add(IReadOnlyList<LogEntry> entries)
    {
        lock (_gate)
        {
            foreach (var entry in entries)
            {
                _entries.Add(entry with { Id = ++_lastId });
                _bytes += entry.Bytes;
            }

            for (; _entries.Count > options.MaxLogs || (_bytes > options.MaxBytes && _entries.Count > 1); Dropped++)
                _bytes -= _entries.RemoveOldest().Bytes;
        }
    }

    public LogPage Query(LogQuery query)
    {
        var found = new List<LogEntry>(Math.Min(query.Limit, 200));
        var first = query.Before == long.MaxValue;
        var matched = 0;
        lock (_gate)
        {
            for (var i = _entries.Count - 1; i >= 0; i--)
            {
                var entry = _entries[i];
                if (entry.Id <= query.After)
                    break;
                if (entry.Id >= query.Before || !query.Matches(entry))
                    continue;

                if (++matched <= query.Limit)
                    found.Add(entry);
                else if (!first)
                    break;
            }
        }

        return new LogPage(found, first ? matched : null, matched > query.Limit);
    }

    /// <summary>The newest lines that meet a condition, the newest first.</summary>
    public IReadOnlyList<LogEntry> Where(Func<LogEntry, bool> condition, int limit)
    {
        var found = new List<LogEntry>();
        lock (_gate)
            for (var i = _entries.Count - 1; i >= 0 && found.Count < limit; i--)
                if (condition(_entries[i]))
                    found.Add(_entries[i]);

        return found;
    }

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            (_bytes, Dropped) = (0, 0);
        }
    }
}
