namespace Ivg.Core.Generation.Offline;

/// <summary>Outlines by extended difference of Gaussians (Winnemöller et al., 2012) over lightness and colour, drawn with the profile's pen.</summary>
internal static class Lines
{
    public static Layer Draw(Scene scene)
    {
        var (line, w, h) = (scene.Profile.Line, scene.Width, scene.Height);
        var weight = MathF.Max(1.2f, scene.Px(Math.Clamp(line.WeightPx, 0.5, 16)) * scene.Leanings.LineWeight);
        var sigma = MathF.Max(0.7f, weight * 0.42f);
        var drawn = Response(scene, sigma);
        scene.Next();

        // Specks have no company: what its surroundings do not confirm is dropped.
        var company = scene.Blur(drawn, sigma * 5);
        for (var i = 0; i < drawn.Length; i++) drawn[i] *= Smooth.Step(0.05f, 0.13f, company[i]);
        scene.Next();

        var wobble = Math.Clamp(line.Wobble, 0, 1);
        var hand = Warp.Field(scene, 10, 5.5 * wobble, 48, 2);
        drawn = Warp.Apply(drawn, w, h, hand);
        var (pressure, opacity) = (scene.Field(12, 34, 2), (float)Math.Clamp(line.Opacity, 0, 1));
        for (var i = 0; i < drawn.Length; i++)
            drawn[i] = opacity * Math.Clamp(drawn[i] * (1 + (pressure[i] * (0.2f + (0.7f * (float)wobble)))), 0f, 1f);

        var colours = new LabPicture(w, h);
        var ink = Lab.FromHex(line.Colour);
        for (var i = 0; i < colours.Count; i++) colours[i] = ink;
        return new Layer(colours, drawn);
    }

    private static float[] Response(Scene scene, float sigma)
    {
        var calm = Smooth.Kuwahara(scene.Source, scene.Radius(4));
        var (l, a, b) = (Difference(scene, calm.L, sigma), Difference(scene, calm.A, sigma), Difference(scene, calm.B, sigma));

        // Ground and subject always part, however alike their tones.
        var outline = Difference(scene, scene.Subject, sigma);
        // Few tones between paper and paint make edges shallow, not unimportant; on a dark ground lines carry nearly everything.
        var gain = (scene.Palette.Dark ? 1.5f : 0.85f) / MathF.Max(0.2f, scene.Palette.High - scene.Palette.Low);
        for (var i = 0; i < l.Length; i++)
        {
            var edge = MathF.Max(-l[i], MathF.Max(0.8f * MathF.Abs(MathF.Min(a[i], b[i])), -outline[i] * 0.12f));
            l[i] = Smooth.Step(0.008f, 0.026f, edge * gain);
        }

        return l;
    }

    private static float[] Difference(Scene scene, float[] plane, float sigma)
    {
        var (narrow, wide) = (scene.Blur(plane, sigma), scene.Blur(plane, sigma * 1.6f));
        for (var i = 0; i < narrow.Length; i++) narrow[i] -= wide[i];
        return narrow;
    }
}
