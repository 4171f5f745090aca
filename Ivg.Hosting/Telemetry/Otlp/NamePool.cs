using System.Collections.Concurrent;

namespace Ivg.Hosting.Telemetry.Otlp;

/// <summary>Keeps one copy of names that come again and again, up to a bound.</summary>
internal sealed class NamePool
{
    private const int MaxNames = 10_000;
    private const int MaxLength = 200;
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private int _count;

    public string Get(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return "";
        if (_names.TryGetValue(name, out var known))
            return known;
        if (_count >= MaxNames || name.Length > MaxLength)
            return name;

        Interlocked.Increment(ref _count);
        return _names.GetOrAdd(name, name);
    }
}
