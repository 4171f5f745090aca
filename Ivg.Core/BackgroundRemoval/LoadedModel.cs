namespace Ivg.Core.BackgroundRemoval;

/// <summary>A session and who uses it.</summary>
internal sealed class LoadedModel(BackgroundModel model, ModelSession session)
{
    public int Users;

    public BackgroundModel Model { get; } = model;

    public ModelSession Session { get; } = session;

    /// <summary>A timestamp of the <see cref="TimeProvider"/>.</summary>
    public long LastUsed { get; set; }
}
