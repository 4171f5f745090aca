namespace Ivg.Core.Generation.Offline;

/// <summary>Watercolour: thin pigment in soft steps, gathered at the rims of each wash, blooming, with a ragged margin of bare paper.</summary>
internal static class Wash
{
    public static Layer Paint(Scene scene)
    {
        var (profile, palette) = (scene.Profile, scene.Palette);
        var calm = Details.Restore(scene, Smooth.Kuwahara(Smooth.Kuwahara(scene.Source, scene.Radius(9)), scene.Radius(6)));
        scene.Next();
        var flow = Edges.Apply(scene, calm);
        var paint = palette.Map(flow, 0.8f, 0.3f);
        scene.Next();

        Steps(paint.L, Math.Clamp(profile.Shading.Levels, 2, 12), palette);
        var rims = Edges.Pooling(scene, paint.L, scene.Px(3.5));
        var pools = scene.Field(40, 190, 3);
        var blooms = scene.Field(41, 60, 4);
        var grain = scene.Field(42, 3, 2);
        scene.Next();

        var darkening = 0.04f + (0.16f * (float)profile.Edges.Darkening);
        var granulation = 0.07f * (float)profile.Texture.Strength;
        var margin = Margin(scene);
        var coverage = new float[paint.Count];
        for (var i = 0; i < coverage.Length; i++)
        {
            var colour = paint[i];
            var density = Math.Clamp(MathF.Abs(palette.Paper.L - colour.L) + colour.Chroma, 0f, 0.6f);
            var wet = (pools[i] * 0.16f) + (MathF.Abs(blooms[i]) * 0.10f) + (grain[i] * granulation * 2);
            var rim = rims[i] * darkening;
            colour = new Lab(colour.L - rim, colour.A * (1 + (rim * 2)), colour.B * (1 + (rim * 2)));
            colours(i, colour, density * wet);
            var edge = margin[i];
            coverage[i] = scene.Subject[i] * edge * Math.Clamp(0.93f - (wet * 0.6f), 0.35f, 1f);
        }

        return new Layer(paint, coverage);

        void colours(int i, Lab colour, float fade)
        {
            // A little dry edge gathers pigment at the margin too.
            var dry = margin[i] * (1 - margin[i]) * 4;
            paint[i] = colour with { L = colour.L + (fade * 0.5f) - (dry * 0.10f) };
        }
    }

    // Soft steps: washes laid over one another, each with a short transition.
    private static void Steps(float[] lightness, int levels, Palette palette)
    {
        var range = MathF.Max(0.1f, palette.High - palette.Low);
        for (var i = 0; i < lightness.Length; i++)
        {
            var t = (lightness[i] - palette.Low) / range * levels;
            var floor = MathF.Floor(t);
            var stepped = (floor + Smooth.Step(0.3f, 0.7f, t - floor)) / levels;
            lightness[i] += ((palette.Low + (stepped * range)) - lightness[i]) * 0.75f;
        }
    }

    // 0 outside the painted field, 1 inside; only where edges bleed is the field torn free of the sheet's border.
    private static float[] Margin(Scene scene)
    {
        var margin = new float[scene.Width * scene.Height];
        if (scene.Profile.Edges.Kind != "bleed")
        {
            Array.Fill(margin, 1f);
            return margin;
        }

        var (ragged, fine) = (scene.Field(44, 110, 4), scene.Field(45, 9, 2));
        var width = scene.Px(26);
        for (int y = 0, i = 0; y < scene.Height; y++)
        {
            for (var x = 0; x < scene.Width; x++, i++)
            {
                var inward = Math.Min(Math.Min(x, scene.Width - 1 - x), Math.Min(y, scene.Height - 1 - y));
                var line = width * (1 + (0.9f * ragged[i]) + (0.12f * fine[i]));
                margin[i] = Smooth.Step(-1.5f * scene.Scale, 2.5f * scene.Scale, inward - line);
            }
        }

        return margin;
    }
}
