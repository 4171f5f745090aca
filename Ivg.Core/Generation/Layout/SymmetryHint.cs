namespace Ivg.Core.Generation.Layout;

/// <summary>
/// Correlation with the mirrored picture at 32 x 32, -1 to 1. Rows' (or columns') own means are taken off first: a sky above a ground
/// is its own mirror image and yet no symmetry worth keeping.
/// </summary>
/// <param name="Confidence">0 where hardly anything varies in that direction.</param>
/// <param name="LeftRight">Mirrored about the vertical axis.</param>
/// <param name="TopBottom">Mirrored about the horizontal axis.</param>
internal sealed record SymmetryHint(double Confidence, double LeftRight, double TopBottom)
{
    public static SymmetryHint Of(Fingerprint print)
    {
        const int n = Fingerprint.Side;
        double best = 0, strongest = 0;
        double[] found = [0, 0];
        for (var direction = 0; direction < 2; direction++)
        {
            double product = 0, square = 0;
            foreach (var plane in (float[][])[print.Colours.L, print.Colours.A, print.Colours.B])
            {
                for (var line = 0; line < n; line++)
                {
                    var at = direction == 0 ? line * n : line;
                    var step = direction == 0 ? 1 : n;
                    var mean = 0f;
                    for (var k = 0; k < n; k++) mean += plane[at + (k * step)] / n;
                    for (var k = 0; k < n; k++)
                    {
                        var value = plane[at + (k * step)] - mean;
                        (product, square) = (product + (value * (plane[at + ((n - 1 - k) * step)] - mean)), square + (value * value));
                    }
                }
            }
            // Below a mean deviation of about 0.02 it is noise that would be compared.
            if (square < 0.0004 * n * n) continue;
            found[direction] = Math.Clamp(product / square, -1, 1);
            (best, strongest) = (Math.Max(best, found[direction]), Math.Max(strongest, square));
        }
        return new SymmetryHint(strongest > 0 ? Figures.Share((best - 0.7) / 0.2) : 0, Figures.Round(found[0]), Figures.Round(found[1]));
    }
}
