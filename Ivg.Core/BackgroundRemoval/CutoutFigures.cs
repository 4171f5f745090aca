using Ivg.Core.Images;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>What a cutout amounts to.</summary>
/// <param name="Coverage">Mean alpha, 0 to 1: the share of the picture that is subject; 0 when nothing was found.</param>
/// <param name="PartialAlpha">Share of pixels that are neither opaque nor empty, 0 to 1.</param>
/// <param name="Confidence">
/// How decided the network was about its subject, 0 to 1: the sum of p |2p - 1| over the sum of p; 0 when no p reaches a half.
/// </param>
public sealed record CutoutFigures(double Coverage, double PartialAlpha, double Confidence)
{
    internal static CutoutFigures Of(Picture cut, Plane map)
    {
        long sum = 0, partial = 0;
        Parallel.For(0, cut.Height, y =>
        {
            var (rowSum, rowPartial) = (0, 0);
            var row = cut.Pixels.AsSpan(y * cut.Width * 4, cut.Width * 4);
            for (var i = 3; i < row.Length; i += 4)
            {
                rowSum += row[i];
                if (row[i] is not (0 or 255)) rowPartial++;
            }
            Interlocked.Add(ref sum, rowSum);
            Interlocked.Add(ref partial, rowPartial);
        });
        double weighted = 0, total = 0, most = 0;
        foreach (var p in map.Values)
        {
            weighted += p * Math.Abs(2 * p - 1);
            total += p;
            most = Math.Max(most, p);
        }
        double pixels = (double)cut.Width * cut.Height;
        return new CutoutFigures(sum / 255.0 / pixels, partial / pixels, most < 0.5 ? 0 : weighted / total);
    }
}
