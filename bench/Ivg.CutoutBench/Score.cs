namespace Ivg.CutoutBench;

/// <summary>How near a cutout came to the truth.</summary>
/// <param name="IoU">Of the masks at half alpha; more is better.</param>
/// <param name="BoundaryIoU">Of their rims, 2 % of the diagonal wide; more is better.</param>
/// <param name="Mae">Mean absolute error of alpha, 0 to 1.</param>
/// <param name="Sad">Sum of absolute differences of alpha, in thousands.</param>
/// <param name="Gradient">Sum of squared differences of the gradients' lengths (Gaussian derivatives, sigma 1.4), in thousands.</param>
/// <param name="Recomposed">Mean absolute error over black, white and green, 0 to 255.</param>
/// <param name="RecomposedEdge">The same over pixels within two of true partial alpha: the seam that a viewer sees.</param>
/// <param name="Precision">At each of 256 thresholds.</param>
/// <param name="Recall">At each of 256 thresholds.</param>
internal sealed record Score(double IoU, double BoundaryIoU, double Mae, double Sad, double Gradient, double Recomposed, double RecomposedEdge,
    double[] Precision, double[] Recall)
{
    /// <summary>The best F (beta² = 0.3) of the mean curve of many pictures.</summary>
    public static double MaxF(IReadOnlyCollection<Score> scores) => Enumerable.Range(0, 256).Max(t =>
    {
        var (p, r) = (scores.Average(score => score.Precision[t]), scores.Average(score => score.Recall[t]));
        return p + r == 0 ? 0 : 1.3 * p * r / (0.3 * p + r);
    });
}
