namespace Ivg.Core.Generation.Layout;

/// <summary>Where edges are and how they run.</summary>
/// <param name="Confidence">0 to 1: high where detail gathers in some cells or runs one way.</param>
/// <param name="Density">Share of edge pixels in each cell of three by three, row by row.</param>
/// <param name="Orientation">Shares of eight directions of edges, from level, in steps of 22.5 degrees clockwise, weighed by strength.</param>
internal sealed record DetailHint(double Confidence, double[] Density, double[] Orientation)
{
    public static DetailHint Of(EdgeField edges)
    {
        var strong = new float[edges.Strength.Length];
        var directions = new double[8];
        double total = 0;
        for (var i = 0; i < strong.Length; i++)
        {
            if (edges.Strength[i] < EdgeField.Strong) continue;
            strong[i] = 1;
            // The edge runs at a right angle to its gradient.
            var angle = Math.Atan2(edges.Across[i], -edges.Down[i]) / Math.PI;
            directions[(int)Math.Round((angle + 2) * 8) % 8] += edges.Strength[i];
            total += edges.Strength[i];
        }
        var cells = Figures.Cells(strong, edges.Width, edges.Height, 3, 3);
        var mean = cells.Sum() / 9;
        if (mean < 0.005f) return new DetailHint(0, Array.ConvertAll(cells, cell => Figures.Share(cell)), new double[8]);
        var gathered = Math.Clamp((cells.Max() / mean) - 1.5, 0, 1);
        var aligned = Math.Clamp(((directions.Max() / total) - 0.3) / 0.2, 0, 1);
        return new DetailHint(Figures.Share(Math.Max(gathered, aligned)),
            Array.ConvertAll(cells, cell => Figures.Share(cell)), Array.ConvertAll(directions, direction => Figures.Share(direction / total)));
    }
}
