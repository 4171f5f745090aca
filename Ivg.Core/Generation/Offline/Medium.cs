namespace Ivg.Core.Generation.Offline;

/// <summary>Wax and chalk: paint that catches only on the tops of the ground's grain.</summary>
internal static class Medium
{
    /// <summary>Breaks up coverage, in place, if the profile's texture is such a medium.</summary>
    /// <param name="scene">The picture's scene.</param>
    /// <param name="layer">Fills or lines.</param>
    /// <param name="isLine">Lines are pressed harder than fills.</param>
    public static void Apply(Scene scene, Layer layer, bool isLine)
    {
        var texture = scene.Profile.Texture;
        if (texture.Kind is not ("wax" or "chalk")) return;
        var strength = (float)Math.Clamp(texture.Strength, 0, 1);
        var height = Height(scene, layer.Colours.L, texture.Kind == "wax");
        var coverage = layer.Coverage;
        var dust = texture.Kind == "chalk" ? scene.Blur(coverage, scene.Px(isLine ? 5 : 14)) : null;
        var (pressure, gap) = texture.Kind == "wax" ? (isLine ? 0.92f : 0.74f, 0.34f) : (isLine ? 0.85f : 0.72f, 0.22f);
        for (var i = 0; i < coverage.Length; i++)
        {
            // Pressure moves the level from which the grain catches; a harder hand fills the valleys.
            var level = (coverage[i] * pressure * 2) - 1;
            var caught = Smooth.Step(-gap, gap, height[i] + level) * Math.Min(1f, coverage[i] * 3);
            coverage[i] += (caught - coverage[i]) * strength;
            if (dust is not null) coverage[i] = MathF.Max(coverage[i], dust[i] * 0.2f);
        }
    }

    // Strokes run one way in light areas and another in dark ones, as a hand turns the sheet.
    private static float[] Height(Scene scene, float[] lightness, bool wax)
    {
        var (w, h) = (scene.Width, scene.Height);
        var size = Math.Clamp(scene.Profile.Texture.ScalePx, 1, 12);
        var lean = scene.Leanings.Angle;
        var tooth = scene.Field(102, wax ? 2 + (size * 0.25) : 2.4, 2);
        var (along, across) = (scene.Px(wax ? 70 : 45), MathF.Max(1.5f, scene.Px(wax ? 3 + (size * 0.5) : 3)));
        var first = scene.Leanings.Noise(100).Streaks(w, h, along, across, 0.75f + lean);
        var second = scene.Leanings.Noise(101).Streaks(w, h, along, across, -0.35f + lean);
        var turn = scene.Blur(lightness, scene.Px(12));
        var middle = (scene.Palette.Low + scene.Palette.High) / 2;
        for (var i = 0; i < tooth.Length; i++)
            tooth[i] = (tooth[i] * (wax ? 0.9f : 1.25f)) + ((turn[i] > middle ? first[i] : second[i]) * (wax ? 0.75f : 0.5f));
        return tooth;
    }
}
