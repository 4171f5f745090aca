using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace Ivg.Hosting.Dashboard.Resources;

/// <summary>What a process takes of the machine: without its children.</summary>
internal sealed class UsageSampler(TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<int, Sample> _samples = new();

    /// <returns>Null for a process that is gone or not ours to ask.</returns>
    public Usage? Of(int processId)
    {
        if (_samples.TryGetValue(processId, out var last) && time.GetElapsedTime(last.Taken) < Shortest)
            return last.Usage;

        try
        {
            using var process = Process.GetProcessById(processId);
            var (processor, taken) = (process.TotalProcessorTime, time.GetTimestamp());
            double? percent = last is null ? null : Math.Round(100 * (processor - last.Processor) / time.GetElapsedTime(last.Taken, taken), 1);
            var usage = new Usage(percent, process.WorkingSet64);
            _samples[processId] = new Sample(processor, taken, usage);
            return usage;
        }
        catch (Exception ex) when (ex is ArgumentException or InvalidOperationException or Win32Exception)
        {
            _samples.TryRemove(processId, out _);
            return null;
        }
    }

    /// <param name="ProcessorPercent">Of one core; null the first time.</param>
    internal sealed record Usage(double? ProcessorPercent, long MemoryBytes);

    private sealed record Sample(TimeSpan Processor, long Taken, Usage Usage);
}
