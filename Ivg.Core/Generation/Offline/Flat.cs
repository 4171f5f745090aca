namespace Ivg.Core.Generation.Offline;

/// <summary>Even areas of palette colours, with the profile's kind of edge.</summary>
internal static class Flat
{
    public static Layer Paint(Scene scene)
    {
        var edges = scene.Profile.Edges;
        var regions = Regions.Of(scene, Math.Clamp((scene.Profile.Shading.Levels + 1) / 3, 1, 3), edges.Kind == "crisp" ? 5 : 6);
        var softness = edges.Kind is "soft" or "bleed" ? MathF.Max(1, scene.Px(edges.SoftnessPx)) : 1f;
        var (warp, details) = (Edges.Warp(scene), Details.Of(scene));
        var (colours, coverage) = (new LabPicture(scene.Width, scene.Height), new float[scene.Source.Count]);
        for (int y = 0, i = 0; y < scene.Height; y++)
        {
            for (var x = 0; x < scene.Width; x++, i++)
            {
                var (index, colour) = regions.At(x + warp.Dx[i], y + warp.Dy[i], softness);
                colours[i] = index == 0 ? colour : details.Over(colour, scene, x + warp.Dx[i], y + warp.Dy[i]);
                coverage[i] = index == 0 ? 0 : 1;
            }
        }

        // Paper meets paint with the same antialiasing as paint meets paint.
        return new Layer(colours, scene.Blur(coverage, 0.6f));
    }
}
