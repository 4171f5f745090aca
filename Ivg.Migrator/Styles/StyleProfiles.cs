using System.Text.RegularExpressions;
using Ivg.Core.Styles;

namespace Ivg.Migrator.Styles;

/// <summary>Checks a profile's figures, so that a slip shows when the style is loaded and not in its results.</summary>
internal static partial class StyleProfiles
{
    /// <exception cref="InvalidDataException">Names the first figure that is out of its range.</exception>
    public static void Check(StyleProfile profile)
    {
        if (profile.Palette is null || profile.Line is null || profile.Texture is null || profile.Shading is null || profile.Edges is null)
            throw new InvalidDataException("profile.json lacks palette, line, texture, shading or edges");
        Require(profile.Palette.Count is >= 2 and <= 16, "palette has 2 to 16 colours");
        foreach (var colour in profile.Palette) Require(Hex().IsMatch(colour.Hex ?? ""), $"palette colour {colour.Hex} is #rrggbb");
        Require(Math.Abs(profile.Palette.Sum(colour => colour.Weight) - 1) < 0.05, "palette weights sum to 1");
        Require(Hex().IsMatch(profile.Paper ?? ""), "paper is #rrggbb");
        Require(Hex().IsMatch(profile.Line.Colour ?? ""), "line.colour is #rrggbb");
        Require(profile.Line.WeightPx is >= 0 and <= 64, "line.weight_px is 0 to 64");
        Require(profile.Texture.Strength is >= 0 and <= 1, "texture.strength is 0 to 1");
        Require(profile.Shading.Levels is >= 2 and <= 12, "shading.levels is 2 to 12");
        Require(!string.IsNullOrWhiteSpace(profile.Words), "words says the traits in a sentence");
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds) throw new InvalidDataException($"profile.json breaks the rule: {rule}");
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}\\z")]
    private static partial Regex Hex();
}
