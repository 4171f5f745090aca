using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ivg.Core.Generation.Layout;

/// <summary>What can be measured of a picture's layout. The same pixels give the same figures; each hint says how sure it is.</summary>
internal sealed record LayoutHints(
    FrameHint Frame, PaletteHint Palette, LightHint Light, BackgroundHint Background, SubjectHint Subject, ThirdsHint Thirds,
    SymmetryHint Symmetry, DetailHint Detail, HorizonHint Horizon, MarginsHint Margins)
{
    /// <summary>A hint less sure than this is left out of the words.</summary>
    public const double Sure = 0.5;

    /// <summary>In the project's JSON, for the result.</summary>
    public JsonNode ToJson() => JsonSerializer.SerializeToNode(this, IvgJson.Options)!;
}
