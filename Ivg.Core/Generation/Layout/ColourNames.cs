namespace Ivg.Core.Generation.Layout;

/// <summary>Everyday names of colours, by lightness, chroma and hue in OKLab.</summary>
internal static class ColourNames
{
    public static string Of(Lab colour)
    {
        var hue = ((Math.Atan2(colour.B, colour.A) * 180 / Math.PI) + 360) % 360;
        if (colour.Chroma < 0.013f) return Neutral(colour.L);
        if (colour is { L: > 0.86f, Chroma: < 0.07f } && hue is > 55 and < 115) return "cream";
        if (colour.L < 0.2f) return "near-black";
        var name = Hue(hue, colour);
        if (colour.Chroma < 0.045f && name is not ("brown" or "navy")) return Depth(colour.L) + "greyish " + name;
        return name is "brown" or "navy" or "pink" && colour.L > 0.35f ? name : Depth(colour.L) + name;
    }

    private static string Neutral(float lightness) => lightness switch
    {
        > 0.95f => "white",
        > 0.8f => "light grey",
        > 0.45f => "grey",
        > 0.25f => "dark grey",
        _ => "black",
    };

    private static string Depth(float lightness) => lightness switch { > 0.82f => "light ", < 0.4f => "dark ", _ => "" };

    // Hues of OKLab: red about 29 degrees, yellow 110, green 142, cyan 195, blue 264, magenta 328.
    private static string Hue(double hue, Lab colour) => hue switch
    {
        < 15 => "pink",
        < 45 => colour.L > 0.75f ? "pink" : colour.Chroma < 0.1f ? "brown" : "red",
        < 78 => colour.L < 0.6f ? "brown" : "orange",
        < 115 => colour.L < 0.65f ? "olive" : colour.L < 0.8f ? "ochre" : "yellow",
        < 165 => "green",
        < 215 => "teal",
        < 285 => colour.L < 0.4f ? "navy" : "blue",
        < 325 => "purple",
        _ => "pink",
    };
}
