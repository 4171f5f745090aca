namespace Ivg.Core.Jobs;

/// <summary>What a job does; in JSON and SQL <c>variation</c> and <c>background_removal</c>.</summary>
public enum JobKind
{
    Variation,
    BackgroundRemoval,
}
