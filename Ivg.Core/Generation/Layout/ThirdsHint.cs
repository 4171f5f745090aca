namespace Ivg.Core.Generation.Layout;

/// <summary>How what stands out spreads over a grid of three by three.</summary>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Shares">Row by row from the upper left; they sum to 1, or are all 0 where nothing stands out.</param>
internal sealed record ThirdsHint(double Confidence, double[] Shares)
{
    public static ThirdsHint Of(Backdrop backdrop, Figure figure, int width, int height)
    {
        var mass = new float[backdrop.Distance.Length];
        for (var i = 0; i < mass.Length; i++)
        {
            if (figure.Mask[i]) mass[i] = Math.Min(backdrop.Distance[i], 0.3f);
        }
        var cells = Figures.Cells(mass, width, height, 3, 3);
        var total = cells.Sum();
        return total < 1e-4f ? new ThirdsHint(0, new double[9]) : new ThirdsHint(figure.Confidence, Array.ConvertAll(cells, cell => Figures.Share(cell / total)));
    }

    /// <summary>Cosine of two pictures' shares, 0 to 1; two that show nothing are alike.</summary>
    public double Likeness(ThirdsHint other)
    {
        double product = 0, own = 0, others = 0;
        for (var i = 0; i < 9; i++)
            (product, own, others) = (product + (Shares[i] * other.Shares[i]), own + (Shares[i] * Shares[i]), others + (other.Shares[i] * other.Shares[i]));
        return own <= 0 || others <= 0 ? own <= 0 && others <= 0 ? 1 : 0 : Figures.Share(product / Math.Sqrt(own * others));
    }
}
