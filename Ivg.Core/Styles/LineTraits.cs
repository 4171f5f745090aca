namespace Ivg.Core.Styles;

/// <summary>Outlines: width in pixels, wobble and opacity 0 to 1.</summary>
public sealed record LineTraits(bool Present, double WeightPx, string Colour, double Wobble, double Opacity);
