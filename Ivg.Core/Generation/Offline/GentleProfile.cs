using Ivg.Core.Styles;

namespace Ivg.Core.Generation.Offline;

/// <summary>The profile when no style was chosen: a soft storybook redraw in warm colours.</summary>
internal static class GentleProfile
{
    public static StyleProfile Value { get; } = new(
        [
            new("#fbf3df", 0.22, "paper"),
            new("#f2c982", 0.17, "fill"),
            new("#86b874", 0.15, "fill"),
            new("#7fb6d9", 0.16, "fill"),
            new("#e8744f", 0.14, "accent"),
            new("#7d5a86", 0.07, "fill"),
            new("#4a3236", 0.09, "ink"),
        ],
        Paper: "#faf3e3",
        Line: new LineTraits(Present: true, WeightPx: 2.6, Colour: "#5a4545", Wobble: 0.5, Opacity: 0.55),
        Texture: new TextureTraits("paper", Strength: 0.5, ScalePx: 7),
        Shading: new ShadingTraits("gouache", Levels: 6, Contrast: 0.6, Saturation: 1.15),
        Edges: new EdgeTraits("soft", SoftnessPx: 3, Darkening: 0.2),
        Words: "Soft storybook paint in warm, light colours with a fine brown line on cream paper.");
}
