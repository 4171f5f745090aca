using Ivg.Core.Styles;

namespace Ivg.Core.Generation.Offline;

/// <summary>The profile when no style was chosen: a soft storybook redraw in warm colours.</summary>
internal static class GentleProfile
{
    public static StyleProfile Value { get; } = new(
        [
            new("#faf3e3", 0.28, "paper"),
            new("#e8c99a", 0.17, "fill"),
            new("#9fbf9a", 0.14, "fill"),
            new("#8fb3c9", 0.14, "fill"),
            new("#e0907a", 0.11, "accent"),
            new("#7a5f78", 0.08, "fill"),
            new("#4a3b3f", 0.08, "ink"),
        ],
        Paper: "#faf3e3",
        Line: new LineTraits(Present: true, WeightPx: 2.6, Colour: "#5a4545", Wobble: 0.5, Opacity: 0.55),
        Texture: new TextureTraits("paper", Strength: 0.5, ScalePx: 7),
        Shading: new ShadingTraits("gouache", Levels: 6, Contrast: 0.5, Saturation: 0.95),
        Edges: new EdgeTraits("soft", SoftnessPx: 3, Darkening: 0.2),
        Words: "Soft storybook paint in warm, light colours with a fine brown line on cream paper.");
}
