namespace Ivg.Core.Generation.Layout;

/// <summary>Sums over small planes.</summary>
internal static class Figures
{
    /// <summary>To three decimals, as figures are stored; what is no number is 0.</summary>
    public static double Round(double value) => double.IsFinite(value) ? Math.Round(value, 3) : 0;

    /// <summary>A share, 0 to 1, to three decimals.</summary>
    public static double Share(double value) => Math.Clamp(Round(value), 0, 1);

    /// <summary>Means over a grid of cells; where the plane has fewer pixels than cells, cells repeat the nearest.</summary>
    public static float[] Cells(float[] plane, int width, int height, int columns, int rows)
    {
        var cells = new float[columns * rows];
        for (int row = 0, cell = 0; row < rows; row++)
        {
            var (top, bottom) = Span(row, rows, height);
            for (var column = 0; column < columns; column++, cell++)
            {
                var (left, right) = Span(column, columns, width);
                var sum = 0f;
                for (var y = top; y < bottom; y++)
                {
                    foreach (var value in plane.AsSpan((y * width) + left, right - left)) sum += value;
                }
                cells[cell] = sum / ((bottom - top) * (right - left));
            }
        }
        return cells;
    }

    /// <summary>Pearson's correlation, -1 to 1; 0 where either does not vary.</summary>
    public static double Correlation(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sumA = 0, sumB = 0, squaresA = 0, squaresB = 0, products = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sumA += a[i];
            sumB += b[i];
            squaresA += a[i] * a[i];
            squaresB += b[i] * b[i];
            products += a[i] * b[i];
        }
        var (varianceA, varianceB) = (squaresA - (sumA * sumA / a.Length), squaresB - (sumB * sumB / a.Length));
        return varianceA < 1e-6 || varianceB < 1e-6 ? 0 : Math.Clamp((products - (sumA * sumB / a.Length)) / Math.Sqrt(varianceA * varianceB), -1, 1);
    }

    private static (int From, int To) Span(int index, int cells, int pixels)
    {
        var from = Math.Min(index * pixels / cells, pixels - 1);
        return (from, Math.Max(from + 1, (index + 1) * pixels / cells));
    }
}
