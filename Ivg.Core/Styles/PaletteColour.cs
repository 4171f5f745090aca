namespace Ivg.Core.Styles;

/// <summary>One colour of a palette.</summary>
/// <param name="Hex"><c>#rrggbb</c>.</param>
/// <param name="Weight">Share of the area, 0 to 1.</param>
/// <param name="Role"><c>paper</c>, <c>ink</c>, <c>fill</c> or <c>accent</c>.</param>
public sealed record PaletteColour(string Hex, double Weight, string Role);
