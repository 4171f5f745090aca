using System.Text.Json.Serialization;

namespace Ivg.Core.Generation.Layout;

/// <summary>A colour and how much of the picture it covers.</summary>
/// <param name="Hex"><c>#rrggbb</c>.</param>
/// <param name="Name">In words.</param>
/// <param name="Weight">Share of the area, 0 to 1.</param>
/// <param name="Colour">The same colour in OKLab.</param>
internal sealed record ColourShare(string Hex, string Name, double Weight, [property: JsonIgnore] Lab Colour)
{
    public static ColourShare Of(Lab colour, double weight)
    {
        var rgb = new byte[3];
        Oklab.Write(colour, rgb);
        return new ColourShare("#" + Convert.ToHexStringLower(rgb), ColourNames.Of(colour), Figures.Share(weight), colour);
    }
}
