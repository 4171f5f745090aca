namespace Ivg.Core.Generation;

/// <summary>The shapes a variation can have.</summary>
public static class AspectRatios
{
    /// <summary>All of the contract's ratios, width to height.</summary>
    public static IReadOnlyList<string> Known { get; } = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"];

    /// <summary>The ratio nearest to a picture's own, by the logarithm of their quotient, so that wide and tall count alike.</summary>
    public static string Nearest(int width, int height) =>
        Known.MinBy(ratio => Math.Abs(Math.Log(Value(ratio) * height / width)))!;

    /// <summary>Width divided by height.</summary>
    public static double Value(string ratio)
    {
        var colon = ratio.IndexOf(':', StringComparison.Ordinal);
        return double.Parse(ratio.AsSpan(0, colon), provider: null) / double.Parse(ratio.AsSpan(colon + 1), provider: null);
    }
}
