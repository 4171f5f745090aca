namespace Ivg.Core.Jobs;

/// <summary>The right to work on a job, until it is lost.</summary>
public sealed class JobLease(Job job) : IDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private int _loss;

    /// <summary>The job as it was claimed.</summary>
    public Job Job { get; } = job;

    /// <summary>Ends with the lease.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Why it was lost; the first reason stands.</summary>
    public LeaseLoss Loss => (LeaseLoss)Volatile.Read(ref _loss);

    /// <summary>Stops the attempt.</summary>
    public void Lose(LeaseLoss loss)
    {
        if (Interlocked.CompareExchange(ref _loss, (int)loss, (int)LeaseLoss.None) != (int)LeaseLoss.None) return;
        try
        {
            // Elsewhere: what hangs on the token must not hold up or break the heartbeat of all other jobs.
            _ = _lost.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The attempt ended meanwhile.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lost.Dispose();
}
