namespace Ivg.Core.Generation.Offline;

/// <summary>Opaque paint in visible strokes that follow the forms.</summary>
internal static class Gouache
{
    public static Layer Paint(Scene scene)
    {
        var (w, h, palette) = (scene.Width, scene.Height, scene.Palette);
        var calm = Details.Restore(scene, Smooth.Kuwahara(Smooth.Kuwahara(scene.Source, scene.Radius(8)), scene.Radius(8)));
        scene.Next();
        var mapped = palette.Map(calm, 0.78f, 0.3f);
        scene.Next();
        var (strokes, across) = Strokes.Along(scene, mapped.L);
        scene.Next();

        // The bristles drag colour across outlines and leave ridges that catch light.
        var drag = scene.Px(2.6);
        var (dx, dy) = Edges.Warp(scene);
        for (var i = 0; i < strokes.Length; i++)
        {
            dx[i] += strokes[i] * drag * across.X[i];
            dy[i] += strokes[i] * drag * across.Y[i];
        }

        var dragged = mapped.Each(plane => Warp.Apply(plane, w, h, (dx, dy)));
        var (dabs, broad) = (scene.Field(50, 40, 2), scene.Field(51, 130, 2));
        var levels = Math.Clamp(scene.Profile.Shading.Levels, 2, 12);
        var range = MathF.Max(0.1f, palette.High - palette.Low);
        for (var i = 0; i < dragged.Count; i++)
        {
            var colour = dragged[i];
            var t = ((colour.L - palette.Low) / range * levels) + (strokes[i] * 0.25f);
            var stepped = palette.Low + ((MathF.Floor(t) + Smooth.Step(0.2f, 0.8f, t - MathF.Floor(t))) / levels * range);
            var lightness = colour.L + ((stepped - colour.L) * 0.6f) + (strokes[i] * 0.018f) + (broad[i] * 0.012f);
            dragged[i] = new Lab(lightness, colour.A + (dabs[i] * 0.006f), colour.B + (broad[i] * 0.010f));
        }

        return new Layer(dragged, (float[])scene.Subject.Clone());
    }
}
