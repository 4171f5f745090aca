namespace Ivg.Core.Generation.Layout;

/// <summary>What makes a picture worth asking for another one.</summary>
internal enum ResultFault
{
    /// <summary>One colour, though the source shows something.</summary>
    Blank,

    /// <summary>The source or the style's reference image over again.</summary>
    Unchanged,

    /// <summary>A sibling over again.</summary>
    Duplicate,
}
