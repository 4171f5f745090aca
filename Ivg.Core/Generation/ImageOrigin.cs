namespace Ivg.Core.Generation;

/// <summary>How a provider's picture came to be.</summary>
public enum ImageOrigin
{
    /// <summary>A trained model made it.</summary>
    TrainedModel,

    /// <summary>A fixed algorithm redrew the source; nothing was learned from other pictures.</summary>
    Algorithm,
}
