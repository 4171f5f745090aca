using Ivg.Core.Images;

namespace Ivg.Core.Generation.Offline;

/// <summary>
/// Thin things that a broad brush or a pair of scissors would lose, and without which a face is none: eyes, mouths, ropes, bars. Found by
/// top-hats: what a closing (dark things) or an opening (light things) with a square takes away.
/// </summary>
internal sealed record Details(float[] Dark, float[] Light)
{
    /// <param name="scene">The picture's scene.</param>
    /// <param name="width">Wider things are areas and no details, pixels at 1024.</param>
    public static Details Of(Scene scene, double width = 15)
    {
        var (w, h, radius) = (scene.Width, scene.Height, scene.Radius(width / 2));
        var fine = scene.Blur(scene.Source.L, 0.8f * scene.Scale);
        var dark = Smooth.Least(Smooth.Most(fine, w, h, radius), w, h, radius);
        scene.Next();
        var light = Smooth.Most(Smooth.Least(fine, w, h, radius), w, h, radius);
        scene.Next();
        for (var i = 0; i < fine.Length; i++)
        {
            dark[i] = Smooth.Step(0.10f, 0.20f, dark[i] - fine[i]);
            light[i] = Smooth.Step(0.12f, 0.22f, fine[i] - light[i]);
        }

        return new Details(dark, light);
    }

    /// <summary>The picture after a broad filter, with its details put back.</summary>
    public static LabPicture Restore(Scene scene, LabPicture calm)
    {
        var details = Of(scene);
        for (var i = 0; i < calm.Count; i++)
        {
            var share = MathF.Max(details.Dark[i], details.Light[i]);
            if (share > 0) calm[i] = Lab.Mix(calm[i], scene.Source[i], share);
        }

        return calm;
    }

    /// <summary>A flat colour with the details at a point laid over it in the palette's darkest and lightest colour.</summary>
    public Lab Over(Lab colour, Scene scene, float x, float y)
    {
        colour = Lab.Mix(colour, scene.Palette.Lightest, Smooth.Step(0.3f, 0.7f, Plane.At(Light, scene.Width, scene.Height, x, y)));
        return Lab.Mix(colour, scene.Palette.Darkest, Smooth.Step(0.3f, 0.7f, Plane.At(Dark, scene.Width, scene.Height, x, y)));
    }
}
