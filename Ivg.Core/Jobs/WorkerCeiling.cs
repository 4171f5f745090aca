namespace Ivg.Core.Jobs;

/// <summary>How many jobs that compute here may run at once: a process that is killed for its memory loses every job it had.</summary>
/// <param name="cores">Processors that this process may use.</param>
/// <param name="memory">Bytes that this process, or its container, may use.</param>
/// <param name="peak">Bytes that one job takes at its worst.</param>
public sealed class WorkerCeiling(int cores, long memory, long peak)
{
    /// <summary>As many as <paramref name="allowed"/>, as there are cores, and as fit into memory; one in any case.</summary>
    public int Of(int allowed) => (int)Math.Max(1, Math.Min(Math.Min(allowed, cores), memory / Math.Max(1, peak)));
}
