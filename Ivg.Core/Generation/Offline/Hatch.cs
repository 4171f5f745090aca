namespace Ivg.Core.Generation.Offline;

/// <summary>Pen or chalk strokes: stronger tones get thicker strokes and more directions; a thin tint where there is real colour.</summary>
internal static class Hatch
{
    // Tone from which an area is simply filled, on a scale on which 0 is where hatching begins.
    private const float Solid = 1.5f;

    public static Layer Paint(Scene scene)
    {
        var (palette, profile) = (scene.Palette, scene.Profile);
        var calm = Smooth.Kuwahara(scene.Source, scene.Radius(6));
        var mapped = palette.Map(calm, 1f, 0.5f);
        scene.Next();

        var strokes = Strokes(scene, calm.L);
        var details = Details.Of(scene);
        var spared = palette.Dark ? details.Dark : details.Light;
        var tint = (float)Math.Clamp(profile.Shading.Saturation, 0, 1) * (palette.Dark ? 2.4f : 0.75f);
        var (colours, coverage) = (new LabPicture(scene.Width, scene.Height), new float[calm.Count]);
        for (var i = 0; i < coverage.Length; i++)
        {
            // Tint is thin, so greys stay paper and only real colour shows; on a dark ground it needs a bright body.
            var colourful = Smooth.Step(0.02f, 0.07f, mapped[i].Chroma);
            var colour = palette.Dark ? mapped[i] with { L = MathF.Max(mapped[i].L, 0.82f) } : mapped[i];
            var ink = scene.Subject[i] * strokes[i];
            colours[i] = Lab.Mix(colour, palette.Ink, palette.Dark ? 1 - colourful : ink);
            coverage[i] = MathF.Max(scene.Subject[i] * tint * colourful, ink);

            // Thin things of the ground's own tone are ground that the pen leaves free.
            coverage[i] *= 1 - spared[i];
        }

        return new Layer(colours, coverage);
    }

    // On dark paper light tones are hatched, on light paper dark ones.
    private static float[] Strokes(Scene scene, float[] lightness)
    {
        var palette = scene.Palette;
        var directions = Math.Clamp(scene.Profile.Shading.Levels - 1, 2, 4);
        var uneven = scene.Field(71, 30, 2);
        var (low, range) = (palette.Low, MathF.Max(0.1f, palette.High - palette.Low));
        var tone = new float[lightness.Length];
        for (var i = 0; i < tone.Length; i++)
        {
            var t = (lightness[i] - low) / range;
            tone[i] = (palette.Dark ? t : 1 - t) + (uneven[i] * 0.06f);
        }

        var result = new float[lightness.Length];

        // On a board the ground does most of the work, and only what is lightest is chalked at all.
        var first = palette.Dark ? 0.68f : 0.40f;
        ReadOnlySpan<float> turns = [0.82f, -0.55f, 0.1f, 1.5f];
        for (var k = 0; k < directions; k++)
        {
            Direction(scene, tone, first + (0.40f * k / directions), turns[k] + scene.Leanings.Angle, (uint)k, result);
            scene.Next();
        }

        return result;
    }

    private static void Direction(Scene scene, float[] tone, float from, float angle, uint direction, float[] result)
    {
        var (w, h) = (scene.Width, scene.Height);
        var weight = MathF.Max(0.9f, scene.Px(Math.Clamp(scene.Profile.Line.WeightPx, 1, 6) * 0.6) * scene.Leanings.LineWeight);
        var (spacing, length) = (MathF.Max(3.5f, weight * 3.8f), scene.Px(85));
        var (cos, sin) = (MathF.Cos(angle), MathF.Sin(angle));
        var bend = scene.Field(72 + direction, 140, 2);
        for (int y = 0, i = 0; y < h; y++)
        {
            for (var x = 0; x < w; x++, i++)
            {
                var depth = (tone[i] - from) * 3.2f;
                if (depth <= 0) continue;

                // Each line of the hatching is a row of strokes of its own rhythm, set a little aside and pressed differently.
                var across = (((x * cos) + (y * sin)) / spacing) + (bend[i] * 1.4f);
                var row = MathF.Round(across);
                var own = Noise.Hash((uint)(int)row + (direction * 7919));
                var along = (((y * cos) - (x * sin)) / length) + ((own & 0xFFFF) / 9000f);
                var stroke = MathF.Floor(along);
                var place = (Noise.Hash(own + (uint)(int)stroke) & 0xFFFF) / 65536f;
                var ends = MathF.Min(along - stroke, stroke + 1 - along);
                var taper = Math.Clamp((ends - (0.02f + (0.05f * place))) * 9f, 0f, 1f);
                var distance = MathF.Abs(across - row - ((place - 0.5f) * 0.36f)) * spacing;
                var half = weight * Math.Min(0.3f + (0.6f * depth), 1.1f) * 0.5f * (0.75f + (0.5f * place)) * taper;
                var inked = Math.Clamp(half - distance + 0.5f, 0f, 1f) * Math.Min(1f, depth * 4) * MathF.Min(1, taper * 2);
                if (direction == 0) inked = MathF.Max(inked, Smooth.Step(Solid, Solid + 0.1f, depth));
                result[i] = MathF.Max(result[i], inked);
            }
        }
    }
}
