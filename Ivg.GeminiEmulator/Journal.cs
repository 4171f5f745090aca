using System.Collections.Concurrent;

namespace Ivg.GeminiEmulator;

/// <summary>Every request for a picture, in the order of arrival.</summary>
public sealed class Journal
{
    private const int Kept = 10_000;
    private readonly ConcurrentQueue<JournalEntry> _entries = new();
    private readonly ConcurrentDictionary<string, int> _outcomes = new();
    private int _running, _highWater, _number;

    /// <summary>The latest entries, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries => [.. _entries];

    /// <summary>How many requests ended how: a status, <c>499</c> where the caller went away, or <c>reset</c> where the connection was cut.</summary>
    public IReadOnlyDictionary<string, int> Outcomes => _outcomes;

    /// <summary>Most requests that were ever answered at the same time.</summary>
    public int HighWater => _highWater;

    /// <summary>Requests since the start or the last reset.</summary>
    public int Total => _number;

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _entries.Clear();
        _outcomes.Clear();
        (_number, _highWater) = (0, _running);
    }

    internal JournalEntry Begin(string model, string? requestId)
    {
        var running = Interlocked.Increment(ref _running);
        for (var seen = _highWater; running > seen; seen = _highWater) Interlocked.CompareExchange(ref _highWater, running, seen);
        var entry = new JournalEntry { Number = Interlocked.Increment(ref _number), Model = model, RequestId = requestId };
        _entries.Enqueue(entry);
        if (_entries.Count > Kept) _entries.TryDequeue(out _);
        return entry;
    }

    internal void End(JournalEntry entry, string outcome)
    {
        entry.Outcome = outcome;
        _outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
        Interlocked.Decrement(ref _running);
    }
}
