namespace Ivg.Core.Generation.Offline;

/// <summary>How areas end: what the profile's kind of edge does to outlines.</summary>
internal static class Edges
{
    /// <summary>The displacement that gives outlines their character.</summary>
    public static (float[] Dx, float[] Dy) Warp(Scene scene) => scene.Profile.Edges.Kind switch
    {
        "bleed" => Offline.Warp.Field(scene, 20, 3 + scene.Profile.Edges.SoftnessPx, 36, 3),
        "rough" => Offline.Warp.Field(scene, 20, 5, 14, 2),
        "torn" => Offline.Warp.Field(scene, 20, 6, 30, 3),
        "soft" => Offline.Warp.Field(scene, 20, 3, 60),
        _ => Offline.Warp.Field(scene, 20, 1.5, 160, 1),
    };

    public static LabPicture Apply(Scene scene, LabPicture picture)
    {
        var warp = Warp(scene);
        return picture.Each(plane => Offline.Warp.Apply(plane, picture.Width, picture.Height, warp));
    }

    /// <summary>Where pigment gathers: just inside the border of each darker area, 0 to about 1.</summary>
    /// <param name="scene">The picture's scene.</param>
    /// <param name="lightness">Lightness of the painted areas.</param>
    /// <param name="width">Width of the dark rim in pixels.</param>
    public static float[] Pooling(Scene scene, float[] lightness, float width)
    {
        var around = scene.Blur(lightness, width);
        for (var i = 0; i < around.Length; i++) around[i] = Math.Clamp((around[i] - lightness[i]) * 8f, 0f, 1f);
        return around;
    }
}
