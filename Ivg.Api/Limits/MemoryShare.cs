namespace Ivg.Api.Limits;

/// <summary>A part of the process's memory, of which everybody takes what is needed for a while.</summary>
/// <param name="most">Bytes that may be taken at once.</param>
internal sealed class MemoryShare(long most)
{
    private long _taken;

    /// <summary>A quarter of what this process, or its container, may use.</summary>
    public static long Quarter => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;

    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>False, and nothing is taken, when so much is not left. The first gets whatever it needs: it would never fit otherwise.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) is var taken && (taken <= most || taken == bytes)) return true;
        Return(bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
