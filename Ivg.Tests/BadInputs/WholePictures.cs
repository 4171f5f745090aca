using NetVips;

namespace Ivg.Tests.BadInputs;

/// <summary>A sound picture in every format that is read, some tens of kilobytes each.</summary>
internal static class WholePictures
{
    public static IReadOnlyList<(string Format, byte[] Bytes)> All { get; } = Make();

    public static byte[] Of(string format) => All.Single(one => one.Format == format).Bytes;

    private static List<(string, byte[])> Make()
    {
        // Grain, so that no encoder makes next to nothing of it.
        var pixels = new byte[96 * 80 * 3];
        new Random(11).NextBytes(pixels);
        using var grain = Image.NewFromMemory(pixels, 96, 80, 3, Enums.BandFormat.Uchar);
        using var picture = grain.Copy(interpretation: Enums.Interpretation.Srgb);
        return
        [
            ("PNG", picture.PngsaveBuffer()),
            ("interlaced PNG", picture.PngsaveBuffer(interlace: true)),
            ("JPEG", picture.JpegsaveBuffer(q: 98)),
            ("progressive JPEG", picture.JpegsaveBuffer(q: 98, interlace: true)),
            ("lossless WebP", picture.WebpsaveBuffer(lossless: true)),
            ("lossy WebP", picture.WebpsaveBuffer(q: 100)),
            ("GIF", picture.GifsaveBuffer(dither: 1)),
            ("TIFF", picture.TiffsaveBuffer()),
            ("packed TIFF", picture.TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Deflate)),
            ("AVIF", picture.HeifsaveBuffer(q: 90, compression: Enums.ForeignHeifCompression.Av1, effort: 0)),
        ];
    }
}
