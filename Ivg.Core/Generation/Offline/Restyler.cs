using Ivg.Core.Images;
using Ivg.Core.Styles;

namespace Ivg.Core.Generation.Offline;

/// <summary>
/// Redraws a picture by a profile's traits, none of which is tied to a style's name: the kind of shading chooses the recipe, the kind of
/// edge its outlines, texture the medium and the ground, line the pen.
/// </summary>
internal static class Restyler
{
    /// <summary>The picture redrawn at its own size, bounded, in the wanted ratio; the same arguments give the same pixels.</summary>
    public static Picture Restyle(Picture source, string aspectRatio, StyleProfile profile, int seed, CancellationToken token)
    {
        var paper = new byte[3];
        Oklab.Write(Lab.FromHex(profile.Paper), paper);
        var (framed, content) = Framing.Fit(source, aspectRatio, paper);
        var scene = new Scene(framed, content, profile, new Leanings(seed), token);

        var fills = Shade(scene);
        scene.Next();
        if (scene.Palette.Dark) Lighten(scene, fills);
        var medium = Medium.Of(scene);
        medium?.Apply(fills, isLine: false);
        var canvas = Surface.Lay(scene);
        fills.LayOn(canvas);
        scene.Next();

        if (profile.Line.Present)
        {
            var lines = Lines.Draw(scene);
            medium?.Apply(lines, isLine: true);
            lines.LayOn(canvas);
            scene.Next();
        }

        Surface.Grain(scene, canvas);
        scene.Next();
        return canvas.ToPicture();
    }

    private static Layer Shade(Scene scene) => scene.Profile.Shading.Kind switch
    {
        "wash" => Wash.Paint(scene),
        "flat" when CutOut.Suits(scene.Profile) => CutOut.Paint(scene),
        "flat" => Flat.Paint(scene),
        "hatch" => Hatch.Paint(scene),
        "halftone" => Halftone.Paint(scene),
        "none" => Sketch.Paint(scene),
        _ => Gouache.Paint(scene),
    };

    // On a dark ground paint is light: dim tones are left to the ground, bright and colourful ones get the most paint.
    private static void Lighten(Scene scene, Layer fills)
    {
        var (low, range) = (scene.Palette.Low, MathF.Max(0.1f, scene.Palette.High - scene.Palette.Low));
        for (var i = 0; i < fills.Coverage.Length; i++)
        {
            var bright = Smooth.Step(0.15f, 0.95f, (scene.Source.L[i] - low) / range);
            fills.Coverage[i] *= 0.12f + (0.88f * MathF.Max(bright, 0.8f * Smooth.Step(0.02f, 0.06f, fills.Colours[i].Chroma)));
        }
    }
}
