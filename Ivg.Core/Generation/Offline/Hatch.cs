namespace Ivg.Core.Generation.Offline;

/// <summary>Pen strokes: darker tones get more directions of hatching and thicker strokes; a faint tint where the profile has colour.</summary>
internal static class Hatch
{
    public static Layer Paint(Scene scene)
    {
        var (palette, profile) = (scene.Palette, scene.Profile);
        var calm = Smooth.Kuwahara(scene.Source, scene.Radius(6));
        var mapped = palette.Map(calm, 1f, 0.5f);
        scene.Next();

        var strokes = Ink(scene, calm.L);
        var tint = (float)Math.Clamp(profile.Shading.Saturation, 0, 1) * 0.75f;
        var (colours, coverage) = (new LabPicture(scene.Width, scene.Height), new float[calm.Count]);
        for (var i = 0; i < coverage.Length; i++)
        {
            // Tint is thin, so greys stay paper and only real colour shows.
            var colour = mapped[i];
            var wash = scene.Subject[i] * tint * Smooth.Step(0.03f, 0.10f, colour.Chroma);
            var ink = scene.Subject[i] * strokes[i];
            colours[i] = Lab.Mix(colour, palette.Ink, ink);
            coverage[i] = MathF.Max(wash, ink);
        }

        return new Layer(colours, coverage);
    }

    /// <summary>Coverage by strokes for a plane of lightness; on dark paper, light tones are hatched instead.</summary>
    public static float[] Ink(Scene scene, float[] lightness)
    {
        var (palette, w, h) = (scene.Palette, scene.Width, scene.Height);
        var directions = Math.Clamp(scene.Profile.Shading.Levels - 1, 2, 4);
        var weight = MathF.Max(0.9f, scene.Px(Math.Clamp(scene.Profile.Line.WeightPx, 1, 4) * 0.55) * scene.Leanings.LineWeight);
        var spacing = MathF.Max(3.5f, weight * 4.2f);
        var (bend, breaks, result) = (scene.Field(70, 120, 2), scene.Field(71, 22, 2), new float[lightness.Length]);
        var (low, range) = (palette.Low, MathF.Max(0.1f, palette.High - palette.Low));
        ReadOnlySpan<float> turns = [0.82f, -0.75f, 0.05f, 1.5f];
        for (var k = 0; k < directions; k++)
        {
            var angle = turns[k] + scene.Leanings.Angle;
            var (cos, sin) = (MathF.Cos(angle), MathF.Sin(angle));
            var solid = k == 0 ? 1.55f : float.MaxValue;
            var from = 0.40f + (0.42f * k / directions);
            for (int y = 0, i = 0; y < h; y++)
            {
                for (var x = 0; x < w; x++, i++)
                {
                    var t = (lightness[i] - low) / range;
                    var depth = ((palette.Dark ? t : 1 - t) - from + (breaks[i] * 0.07f)) * 3.2f;
                    if (depth <= 0) continue;
                    if (depth > solid) { result[i] = 1; continue; }
                    var across = (((x * cos) + (y * sin)) / spacing) + (bend[i] * 1.6f) + (k * 0.37f);
                    var distance = MathF.Abs(across - MathF.Round(across)) * spacing;
                    var half = weight * Math.Min(0.25f + (0.6f * depth), 1.15f) * 0.5f;
                    result[i] = MathF.Max(result[i], Math.Clamp(half - distance + 0.5f, 0f, 1f) * Math.Min(1f, depth * 4));
                }
            }

            scene.Next();
        }

        return result;
    }
}
