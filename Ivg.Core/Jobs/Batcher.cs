using System.Diagnostics;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>
/// Many rows, one commit: what arrives while statements are under way goes into the next one together. Alone, an item waits for nobody.
/// </summary>
/// <param name="key">Items of one key never share a statement, nor run in two at once: a session's, which would wait for its own lock. Items without a key share with anybody.</param>
/// <param name="run">Writes a batch and answers in its order.</param>
internal sealed class Batcher<TItem, TResult>(Func<TItem, string?> key, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> run)
{
    private const int Most = 64;
    private const int MostBytes = 4 << 20;
    private const int Heavy = 64 << 10;
    private const int MostAtOnce = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _waiting = new();
    private readonly HashSet<string> _busy = [];
    private int _running;
    private int _bytes;
    private long _started;

    /// <summary>Writes the item, of so many <paramref name="bytes"/>, with the next batch. A cancelled one that was not begun is left out.</summary>
    public Task<TResult> RunAsync(TItem item, int bytes, CancellationToken cancellationToken)
    {
        var entry = new Entry(item, key(item), bytes, Activity.Current, cancellationToken);
        lock (_gate)
        {
            _waiting.AddLast(entry);
            Start();
        }
        return entry.Answer.Task.WaitAsync(cancellationToken);
    }

    // One statement at a time makes the largest batches, and the fewest commits; but hardly anybody waits behind somebody's megabytes or locks.
    private void Start()
    {
        if (_running == MostAtOnce || (_running > 0 && _bytes < Heavy && Stopwatch.GetElapsedTime(_started) < Patience)) return;
        _running++;
        _started = Stopwatch.GetTimestamp();
        _ = RunAllAsync();
    }

    private async Task RunAllAsync()
    {
        while (Take() is { } batch)
        {
            // A shared statement is told in the trace of its first item.
            Activity.Current = batch[0].Activity;
            await Task.Yield();
            await RunAsync(batch);
            lock (_gate)
            {
                _busy.ExceptWith(batch.Select(entry => entry.Key).OfType<string>());
                _bytes -= batch.Sum(entry => entry.Bytes);
            }
        }
    }

    private List<Entry>? Take()
    {
        lock (_gate)
        {
            var (batch, bytes) = (new List<Entry>(), 0);
            for (var node = _waiting.First; node is not null && batch.Count < Most && bytes < MostBytes;)
            {
                var (entry, next) = (node.Value, node.Next);
                if (entry.CancellationToken.IsCancellationRequested) _waiting.Remove(node);
                else if (entry.Key is null || _busy.Add(entry.Key))
                {
                    _waiting.Remove(node);
                    batch.Add(entry);
                    bytes += entry.Bytes;
                }
                node = next;
            }
            _bytes += bytes;
            if (batch.Count == 0) _running--;
            else if (_waiting.Count > 0 && bytes >= Heavy) Start();
            return batch.Count > 0 ? batch : null;
        }
    }

    private async Task RunAsync(List<Entry> batch)
    {
        try
        {
            var answers = await run([.. batch.Select(entry => entry.Item)]);
            for (var i = 0; i < batch.Count; i++) batch[i].Answer.TrySetResult(answers[i]);
        }
        catch (Exception e) when (batch.Count > 1 && e is not (TimeoutException or NpgsqlException { IsTransient: true }))
        {
            // What one row did wrong must not be the others' fault.
            foreach (var entry in batch) await RunAsync([entry]);
        }
#pragma warning disable CA1031 // Do not catch general exception types: it is the callers who are told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (var entry in batch) entry.Answer.TrySetException(e);
        }
    }

    private sealed record Entry(TItem Item, string? Key, int Bytes, Activity? Activity, CancellationToken CancellationToken)
    {
        public TaskCompletionSource<TResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
