using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ivg.Core.Generation.Layout;

/// <summary>What a style's reference image measures: a second anchor beside the guide's words.</summary>
/// <param name="Palette">Main colours, those of most weight first.</param>
/// <param name="StrokeShare">Share of the area that lines cover, 0 to 1.</param>
/// <param name="StrokePx">Middle width of those lines in pixels at 1024 px a side; 0 without lines.</param>
/// <param name="Flatness">Share of the area without any slope of tone, 0 to 1.</param>
/// <param name="Grain">Deviation of lightness from its 3 x 3 mean, away from edges.</param>
internal sealed record StyleCard(IReadOnlyList<ColourShare> Palette, double StrokeShare, double StrokePx, double Flatness, double Grain)
{
    public JsonNode ToJson() => JsonSerializer.SerializeToNode(this, IvgJson.Options)!;

    /// <summary>In words, coarse ones first.</summary>
    public IReadOnlyList<string> Words() =>
    [
        (Flatness > 0.7 ? "flat fills" : Flatness < 0.35 ? "tones that change everywhere" : "fills with some modelling") + ", "
            + (Grain > 0.012 ? "strong grain" : Grain > 0.004 ? "fine grain" : "no grain"),
        StrokePx <= 0 ? "no drawn lines to speak of" : string.Create(CultureInfo.InvariantCulture,
            $"{(StrokePx > 8 ? "bold" : StrokePx > 4 ? "medium" : "fine")} lines, about {StrokePx:0} px wide at 1024 px, over {StrokeShare * 100:0}% of the area"),
        "palette as measured: " + LayoutWords.Colours(Palette),
    ];
}
