namespace Ivg.Core.Generation.Offline;

/// <summary>Wax and chalk: paint that catches only on the tops of the ground's grain.</summary>
internal sealed class Medium
{
    private readonly Scene _scene;
    private readonly bool _wax;
    private readonly float[] _tooth;
    private readonly float[] _first;
    private readonly float[] _second;

    private Medium(Scene scene)
    {
        (_scene, _wax) = (scene, scene.Profile.Texture.Kind == "wax");
        var (w, h, lean) = (scene.Width, scene.Height, scene.Leanings.Angle);
        var size = Math.Clamp(scene.Profile.Texture.ScalePx, 1, 12);
        _tooth = scene.Field(102, _wax ? 2 + (size * 0.25) : 2.4, 2);
        var (along, across) = (scene.Px(_wax ? 70 : 45), MathF.Max(1.5f, scene.Px(_wax ? 3 + (size * 0.5) : 3)));
        _first = scene.Leanings.Noise(100).Streaks(w, h, along, across, 0.75f + lean);
        _second = scene.Leanings.Noise(101).Streaks(w, h, along, across, -0.35f + lean);
    }

    /// <summary>The medium if the profile's texture is one; its grain is the same for fills and lines, and made once.</summary>
    public static Medium? Of(Scene scene) => scene.Profile.Texture.Kind is "wax" or "chalk" ? new Medium(scene) : null;

    /// <summary>Breaks up coverage, in place.</summary>
    /// <param name="layer">Fills or lines.</param>
    /// <param name="isLine">Lines are pressed harder than fills.</param>
    public void Apply(Layer layer, bool isLine)
    {
        var strength = (float)Math.Clamp(_scene.Profile.Texture.Strength, 0, 1);
        var coverage = layer.Coverage;
        var dust = _wax ? null : _scene.Blur(coverage, _scene.Px(isLine ? 5 : 14));
        var (pressure, gap) = _wax ? (isLine ? 0.92f : 0.74f, 0.34f) : (isLine ? 0.85f : 0.72f, 0.22f);

        // Strokes run one way in light areas and another in dark ones, as a hand turns the sheet.
        var turn = _scene.Blur(layer.Colours.L, _scene.Px(12));
        var middle = (_scene.Palette.Low + _scene.Palette.High) / 2;
        for (var i = 0; i < coverage.Length; i++)
        {
            // Pressure moves the level from which the grain catches; a harder hand fills the valleys.
            var level = (coverage[i] * pressure * 2) - 1;
            var height = (_tooth[i] * (_wax ? 0.9f : 1.25f)) + ((turn[i] > middle ? _first[i] : _second[i]) * (_wax ? 0.75f : 0.5f));
            var caught = Smooth.Step(-gap, gap, height + level) * Math.Min(1f, coverage[i] * 3);
            coverage[i] += (caught - coverage[i]) * strength;
            if (dust is not null) coverage[i] = MathF.Max(coverage[i], dust[i] * 0.2f);
        }
    }
}
