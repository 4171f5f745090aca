namespace Ivg.Core.Generation.Layout;

/// <summary>The figures of a result, kept with it.</summary>
internal sealed record ResultCheck
{
    /// <summary>Natural logarithm of the result's ratio over the one asked for, as it arrived; 0.04 is about 4 % too wide.</summary>
    public required double RatioError { get; init; }

    /// <summary>How alike to the source it is where things stand out, 0 to 1: cosine over three by three cells.</summary>
    public required double LayoutSimilarity { get; init; }

    /// <summary>Correlation of its edges with the source's at 32 x 32, -1 to 1.</summary>
    public required double EdgeSimilarity { get; init; }

    /// <summary>Mean OKLab distance of its colours to the source's, place by place at 32 x 32.</summary>
    public required double SourceDistance { get; init; }

    /// <summary>Bits of 64 in which its hash differs from the source's.</summary>
    public required int HashDistance { get; init; }

    /// <summary>Mean OKLab distance between its palette and the style card's; null without a style.</summary>
    public double? PaletteDistance { get; init; }

    /// <summary>What is wrong with it, and was left so.</summary>
    public ResultFault? Fault { get; init; }

    /// <summary>Why it was asked for a second time.</summary>
    public ResultFault? Retried { get; init; }

    /// <summary>How its ratio was put right.</summary>
    public RatioFit? Fitted { get; init; }
}
