namespace Ivg.Core.Generation.Layout;

/// <summary>One level edge from side to side.</summary>
/// <param name="Confidence">0 to 1: how much of the width it spans, and how alone it is.</param>
/// <param name="At">Its height from the top, 0 to 1.</param>
internal sealed record HorizonHint(double Confidence, double At)
{
    public static HorizonHint Of(EdgeField edges)
    {
        var (w, h) = (edges.Width, edges.Height);
        if (h < 12 || w < 12) return new HorizonHint(0, 0);
        // Signed: light over dark and dark over light in turn are texture, not a horizon.
        var rows = new double[h];
        for (var y = 1; y < h - 1; y++)
        {
            for (var x = 1; x < w - 1; x++)
            {
                var i = (y * w) + x;
                if (Math.Abs(edges.Down[i]) > EdgeField.Strong && Math.Abs(edges.Down[i]) > 2 * Math.Abs(edges.Across[i])) rows[y] += Math.Sign(edges.Down[i]);
            }
        }
        // A level step shows in two rows; one that waves by a pixel still falls into three.
        double best = 0, next = 0;
        var at = 0;
        for (var y = 2; y < h - 2; y++)
        {
            var span = Span(y);
            if (span > best) (best, at) = (span, y);
        }
        for (var y = 2; y < h - 2; y++)
        {
            if (Math.Abs(y - at) > 4) next = Math.Max(next, Span(y));
        }
        var inside = at > h * 0.08 && at < h * 0.92;
        return new HorizonHint(inside ? Figures.Share((best - 0.5) / 0.3) * Figures.Share(2 - (2 * next / Math.Max(best, 1e-9))) : 0, Figures.Share((at + 0.5) / h));

        double Span(int y) => Math.Min(1, Math.Abs(rows[y - 1] + rows[y] + rows[y + 1]) / 2 / (w - 2));
    }
}
