namespace Ivg.Hosting.Orchestration;

/// <summary>1 s, 2 s, 4 s … 30 s between restarts; from the start again after a minute without a crash.</summary>
internal sealed class RestartBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);
    private const int LoopFrom = 3;
    private TimeSpan _next = First;

    /// <summary>Crashes without a quiet minute between them.</summary>
    public int InARow { get; private set; }

    /// <summary>Nobody believes any more that the next start will be another.</summary>
    public bool IsLoop => InARow >= LoopFrom;

    /// <param name="ranFor">How long the process lived.</param>
    public TimeSpan Next(TimeSpan ranFor)
    {
        if (ranFor >= Settled)
            (_next, InARow) = (First, 0);

        InARow++;
        var delay = _next;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return delay;
    }
}
