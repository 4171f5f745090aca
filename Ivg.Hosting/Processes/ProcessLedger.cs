using System.Diagnostics;
using System.Text.Json;
using Ivg.Hosting.Unix;

namespace Ivg.Hosting.Processes;

/// <summary>
/// The children of the host, kept in the data folder: what a host that was killed together with its guardian leaves
/// behind, the next one on the same folder ends before it starts its own.
/// </summary>
internal sealed class ProcessLedger(string path)
{
    private static readonly TimeSpan StartTimeTolerance = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Entry> _entries = [];

    public void Add(int processId, string name, StopSignal signal)
    {
        if (StartTime(processId) is not { } started)
            return;

        lock (_gate)
        {
            _entries[processId] = new Entry(processId, name, started, signal);
            Save();
        }
    }

    public void Remove(int processId)
    {
        lock (_gate)
            if (_entries.Remove(processId))
                Save();
    }

    /// <summary>Ends what an earlier host left running.</summary>
    /// <returns>The names of what was ended.</returns>
    public async Task<IReadOnlyList<string>> SweepAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var orphans = Load().Where(IsAlive).ToArray();
        foreach (var orphan in orphans)
            UnixCalls.Signal(orphan.ProcessId, orphan.Signal == StopSignal.Int ? UnixCalls.SigInt : UnixCalls.SigTerm);

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), time);
        var deadline = time.GetUtcNow() + TimeSpan.FromSeconds(5);
        while (orphans.Any(IsAlive) && time.GetUtcNow() < deadline)
            await timer.WaitForNextTickAsync(cancellationToken);

        foreach (var orphan in orphans)
            UnixCalls.SignalGroup(orphan.ProcessId, UnixCalls.SigKill);
        while (orphans.Any(IsAlive) && time.GetUtcNow() < deadline + TimeSpan.FromSeconds(2))
            await timer.WaitForNextTickAsync(cancellationToken);

        File.Delete(path);
        return [.. orphans.Select(o => o.Name)];
    }

    private Entry[] Load()
    {
        try
        {
            return File.Exists(path) && !OperatingSystem.IsWindows() ? JsonSerializer.Deserialize<Entry[]>(File.ReadAllText(path)) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private void Save()
    {
        var temporary = path + ".new";
        File.WriteAllText(temporary, JsonSerializer.Serialize(_entries.Values));
        File.Move(temporary, path, overwrite: true);
    }

    // The id alone proves nothing: the system gives it out again.
    private static bool IsAlive(Entry entry)
        => StartTime(entry.ProcessId) is { } started && (started - entry.Started).Duration() < StartTimeTolerance;

    private static DateTime? StartTime(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited ? null : process.StartTime.ToUniversalTime();
        }
        catch (Exception ex) when (ex is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private sealed record Entry(int ProcessId, string Name, DateTime Started, StopSignal Signal);
}
