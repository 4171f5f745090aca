namespace Ivg.Core.Styles;

/// <summary>A style's machine-readable traits, as in its <c>profile.json</c>. Lengths are pixels at 1024 px a side.</summary>
/// <param name="Palette">5 to 8 colours whose weights sum to 1.</param>
/// <param name="Paper">The ground, <c>#rrggbb</c>.</param>
/// <param name="Line">Outlines.</param>
/// <param name="Texture">Grain of the ground or medium.</param>
/// <param name="Shading">How tones are laid.</param>
/// <param name="Edges">How areas end.</param>
/// <param name="Words">The traits in one sentence.</param>
public sealed record StyleProfile(
    IReadOnlyList<PaletteColour> Palette, string Paper, LineTraits Line, TextureTraits Texture, ShadingTraits Shading, EdgeTraits Edges, string Words);
