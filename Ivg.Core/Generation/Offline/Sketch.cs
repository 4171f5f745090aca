namespace Ivg.Core.Generation.Offline;

/// <summary>Hardly any shading: lines carry the picture, and only what is really coloured gets a breath of its colour.</summary>
internal static class Sketch
{
    public static Layer Paint(Scene scene)
    {
        var calm = Smooth.Kuwahara(Smooth.Kuwahara(scene.Source, scene.Radius(7)), scene.Radius(7));
        scene.Next();
        var mapped = scene.Palette.Map(Edges.Apply(scene, calm), 1f, 0.6f);
        var coverage = new float[mapped.Count];
        for (var i = 0; i < coverage.Length; i++)
            coverage[i] = scene.Subject[i] * 0.6f * Smooth.Step(0.03f, 0.09f, mapped[i].Chroma);
        return new Layer(mapped, coverage);
    }
}
