namespace Ivg.Core.Styles;

/// <summary>Grain: <c>paper</c>, <c>canvas</c>, <c>wax</c>, <c>chalk</c>, <c>halftone</c> or <c>none</c>; strength 0 to 1, scale in pixels.</summary>
public sealed record TextureTraits(string Kind, double Strength, double ScalePx);
