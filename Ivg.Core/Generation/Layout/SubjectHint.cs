namespace Ivg.Core.Generation.Layout;

/// <summary>Where the subjects are.</summary>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Boxes">Largest first, each <c>[ymin, xmin, ymax, xmax]</c>, 0 to 1000 of the frame.</param>
internal sealed record SubjectHint(double Confidence, IReadOnlyList<int[]> Boxes)
{
    public static SubjectHint Of(Figure figure, int width, int height) => new(figure.Boxes.Count == 0 ? 0 : figure.Confidence,
        [.. figure.Boxes.Select(box => new[] { box.Top * 1000 / height, box.Left * 1000 / width, (box.Bottom + 1) * 1000 / height, (box.Right + 1) * 1000 / width })]);
}
