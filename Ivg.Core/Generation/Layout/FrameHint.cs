namespace Ivg.Core.Generation.Layout;

/// <summary>The picture's shape.</summary>
/// <param name="Width">Pixels of the whole picture.</param>
/// <param name="Height">Pixels of the whole picture.</param>
/// <param name="AspectRatio">The nearest of <see cref="AspectRatios.Known"/>.</param>
/// <param name="CropLoss">Share of the area that a centre crop to that ratio takes away, 0 to 1.</param>
internal sealed record FrameHint(int Width, int Height, string AspectRatio, double CropLoss)
{
    public static FrameHint Of(Preview preview)
    {
        var ratio = AspectRatios.Nearest(preview.Width, preview.Height);
        var own = (double)preview.Width / preview.Height;
        var target = AspectRatios.Value(ratio);
        return new FrameHint(preview.Width, preview.Height, ratio, Figures.Share(1 - Math.Min(own / target, target / own)));
    }
}
