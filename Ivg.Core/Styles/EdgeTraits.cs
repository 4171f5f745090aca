namespace Ivg.Core.Styles;

/// <summary>Edges: <c>bleed</c>, <c>crisp</c>, <c>torn</c>, <c>rough</c> or <c>soft</c>; softness in pixels, darkening 0 to 1.</summary>
public sealed record EdgeTraits(string Kind, double SoftnessPx, double Darkening);
