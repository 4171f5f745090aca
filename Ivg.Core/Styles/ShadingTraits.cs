namespace Ivg.Core.Styles;

/// <summary>Tones: <c>wash</c>, <c>flat</c>, <c>hatch</c>, <c>halftone</c>, <c>gouache</c> or <c>none</c>; levels 2 to 12, contrast 0 to 1, saturation 0 to 2.</summary>
public sealed record ShadingTraits(string Kind, int Levels, double Contrast, double Saturation);
