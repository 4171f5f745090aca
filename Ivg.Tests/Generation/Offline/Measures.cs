using Ivg.Core.Generation;
using Ivg.Core.Images;
using Ivg.Core.Styles;

namespace Ivg.Tests.Generation.Offline;

/// <summary>What the tests measure on pictures.</summary>
internal static class Measures
{
    /// <summary>Mean OKLab distance of a picture's colours to the nearest of a profile's.</summary>
    public static double PaletteDistance(Picture picture, StyleProfile profile)
    {
        // At low resolution a dot screen or a hatching would be judged by its mixtures, so pixels are taken as they are.
        var colours = profile.Palette.Select(c => Lab.FromHex(c.Hex)).ToArray();
        var lab = LabPicture.From(picture);
        return Enumerable.Range(0, lab.Count).Average(i => Math.Sqrt(colours.Min(c => lab[i].Distance2(c))));
    }

    /// <summary>Correlation of two pictures' lightness at 24 x 24, -1 to 1.</summary>
    public static double LayoutLikeness(Picture a, Picture b) => Correlation(Small(a).L, Small(b).L);

    /// <summary>Correlation of two pictures' edge strength at 24 x 24, -1 to 1: blind to which side is light.</summary>
    public static double EdgeLikeness(Picture a, Picture b) => Correlation(Edges(a), Edges(b));

    public static double MeanDifference(Picture a, Picture b) => a.Pixels.Zip(b.Pixels, (x, y) => Math.Abs(x - y)).Average();

    private static LabPicture Small(Picture picture) => LabPicture.From(Pictures.Resize(Inner(picture), 24, 24));

    // Some styles leave a margin of paper around the picture, which says nothing about its layout.
    private static Picture Inner(Picture picture)
    {
        var (left, top) = (picture.Width / 12, picture.Height / 12);
        var (width, height) = (picture.Width - (2 * left), picture.Height - (2 * top));
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
            picture.Pixels.AsSpan((((y + top) * picture.Width) + left) * 3, width * 3).CopyTo(pixels.AsSpan(y * width * 3));
        return new Picture(width, height, 3, pixels);
    }

    private static float[] Edges(Picture picture)
    {
        var medium = LabPicture.From(Pictures.Resize(Inner(picture), 192, 192));
        var (l, w) = (Smooth.Gaussian(medium.L, 192, 192, 2), 192);
        var strength = new float[24 * 24];
        for (var y = 1; y < w; y++)
        {
            for (var x = 1; x < w; x++)
                strength[(y / 8 * 24) + (x / 8)] += Math.Abs(l[(y * w) + x] - l[(y * w) + x - 1]) + Math.Abs(l[(y * w) + x] - l[((y - 1) * w) + x]);
        }

        return Smooth.Gaussian(strength, 24, 24, 0.8f);
    }

    private static double Correlation(float[] a, float[] b)
    {
        var (ma, mb) = (a.Average(), b.Average());
        var covariance = a.Zip(b, (x, y) => (x - ma) * (y - mb)).Sum();
        return covariance / Math.Sqrt(a.Sum(x => (x - ma) * (x - ma)) * (double)b.Sum(y => (y - mb) * (y - mb)));
    }
}
