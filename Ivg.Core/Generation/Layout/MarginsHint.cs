namespace Ivg.Core.Generation.Layout;

/// <summary>Empty ground between the subjects and the frame, as shares of its height and width.</summary>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Top">0 to 1.</param>
/// <param name="Right">0 to 1.</param>
/// <param name="Bottom">0 to 1.</param>
/// <param name="Left">0 to 1.</param>
internal sealed record MarginsHint(double Confidence, double Top, double Right, double Bottom, double Left)
{
    public static MarginsHint Of(Figure figure, int width, int height) => figure.Extent is not { } extent
        ? new MarginsHint(0, 0, 0, 0, 0)
        : new MarginsHint(figure.Confidence, Figures.Share((double)extent.Top / height), Figures.Share((width - 1.0 - extent.Right) / width),
            Figures.Share((height - 1.0 - extent.Bottom) / height), Figures.Share((double)extent.Left / width));
}
