namespace Ivg.Core.BackgroundRemoval;

/// <summary>A session and who uses it.</summary>
internal sealed class LoadedModel(BackgroundModel model, ModelSession session)
{
    private int _users;
    private int _most;

    public BackgroundModel Model { get; } = model;

    public ModelSession Session { get; } = session;

    /// <summary>How many runs use it now.</summary>
    public int Users => Volatile.Read(ref _users);

    /// <summary>A timestamp of the <see cref="TimeProvider"/>.</summary>
    public long LastUsed { get; set; }

    /// <summary>What it holds, with so many runs at once: its weights, and for each run the memory that the arena then keeps until the session ends.</summary>
    public long HeldBytes(int runs) => Model.Bytes + Math.Max(runs, _most) * Model.RunBytes;

    public void Take() => _most = Math.Max(_most, Interlocked.Increment(ref _users));

    public void GiveBack() => Interlocked.Decrement(ref _users);
}
