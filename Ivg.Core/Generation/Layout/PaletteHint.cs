namespace Ivg.Core.Generation.Layout;

/// <summary>The main colours.</summary>
/// <param name="Confidence">0 to 1: low where six colours do not tell what is there.</param>
/// <param name="Colours">Those of most weight first.</param>
internal sealed record PaletteHint(double Confidence, IReadOnlyList<ColourShare> Colours)
{
    public static PaletteHint Of(Preview preview)
    {
        var colours = DominantColours.Of(preview.Lab, preview.Alpha, out var spread);
        return new PaletteHint(colours.Count == 0 ? 0 : Figures.Share(1.5 - (spread / 0.08)), colours);
    }
}
