namespace Ivg.Core.Generation.Layout;

/// <summary>What lies behind the subjects, by the picture's border.</summary>
internal enum BackgroundKind
{
    /// <summary>One colour.</summary>
    Plain,

    /// <summary>Colour that changes evenly across the frame.</summary>
    Gradient,

    /// <summary>Anything else.</summary>
    Busy,

    /// <summary>Nothing: a cutout.</summary>
    Transparent,
}
