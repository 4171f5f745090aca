namespace Ivg.Core.Generation;

/// <summary>What a picture is for in a request to an image model.</summary>
public enum ImageRole
{
    /// <summary>The picture to vary: its layout and subjects are kept.</summary>
    Source,

    /// <summary>Shows the style to take; its subjects are not to be copied.</summary>
    StyleReference,
}
