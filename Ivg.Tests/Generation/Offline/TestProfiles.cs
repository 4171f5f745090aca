using Ivg.Core.Styles;

namespace Ivg.Tests.Generation.Offline;

/// <summary>Small profiles that differ in the traits the recipes go by.</summary>
internal static class TestProfiles
{
    private static readonly PaletteColour[] Light =
    [
        new("#fbf4e4", 0.35, "paper"), new("#d9583b", 0.15, "accent"), new("#e9a83a", 0.15, "fill"),
        new("#2f6f73", 0.15, "fill"), new("#7ba05b", 0.1, "fill"), new("#2b2f45", 0.1, "ink"),
    ];

    private static readonly PaletteColour[] Board =
    [
        new("#2c3e38", 0.6, "paper"), new("#f4f3ea", 0.2, "ink"), new("#f0cf72", 0.1, "accent"), new("#8ec3dd", 0.1, "accent"),
    ];

    private static readonly string[] OnLightPaper = ["wash", "flat", "torn", "hatch", "halftone", "gouache", "none", "wax"];

    public static TheoryData<string> LightKinds => [.. OnLightPaper];

    public static TheoryData<string> AllKinds => [.. OnLightPaper, "chalk"];

    public static StyleProfile Of(string kind) => kind switch
    {
        "wash" => Make(shading: "wash", texture: "paper", edges: "bleed", line: 0),
        "torn" => Make(shading: "flat", texture: "paper", edges: "torn", line: 0),
        "flat" => Make(shading: "flat", texture: "none", edges: "crisp", line: 0),
        "hatch" => Make(shading: "hatch", texture: "paper", edges: "crisp", line: 3),
        "halftone" => Make(shading: "halftone", texture: "halftone", edges: "crisp", line: 0),
        "gouache" => Make(shading: "gouache", texture: "canvas", edges: "soft", line: 0),
        "none" => Make(shading: "none", texture: "none", edges: "rough", line: 3),
        "wax" => Make(shading: "flat", texture: "wax", edges: "rough", line: 7),
        "chalk" => Make(shading: "hatch", texture: "chalk", edges: "rough", line: 6) with
        {
            Palette = Board, Paper = "#2c3e38", Line = new LineTraits(true, 6, "#f4f3ea", 0.3, 0.9),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such profile."),
    };

    private static StyleProfile Make(string shading, string texture, string edges, double line) => new(
        Light, "#fbf4e4", new LineTraits(line > 0, line, "#2b2f45", 0.4, 0.9), new TextureTraits(texture, 0.6, 5),
        new ShadingTraits(shading, 5, 0.6, 1), new EdgeTraits(edges, 2, 0.4), "For tests.");
}
