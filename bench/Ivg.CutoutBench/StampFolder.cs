using Ivg.Core.Images;
using NetVips;

namespace Ivg.CutoutBench;

/// <summary>The drawings and photos of Debian's <c>tuxpaint-stamps-default</c> that have true alpha and are large enough to show edges.</summary>
internal static class StampFolder
{
    private const int SmallestSide = 220;
    private const int SvgSide = 900;

    // Signs and letters are flat cut-outs of their own background; mirrored copies would count a subject twice.
    private static readonly string[] Left = ["symbols/", "_mirror", "_flip", "roadsigns"];

    public static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".png", StringComparison.Ordinal) || path.EndsWith(".svg", StringComparison.Ordinal))
            .Where(path => !Left.Any(part => path.Contains(part, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];

    /// <summary>The stamp trimmed to what shows, RGBA; null when it is small, opaque or nearly empty.</summary>
    public static Picture? Load(string path)
    {
        // The service blocks SVG; here the files are known.
        _ = Pictures.Encode(new Picture(1, 1, 3, new byte[3]), ImageFormat.Png);
        Operation.Block("VipsForeignLoadSvg", false);
        Operation.Block("VipsForeignLoadPng", false);
        using var image = path.EndsWith(".svg", StringComparison.Ordinal)
            ? Image.Thumbnail(path, SvgSide, height: SvgSide)
            : Image.NewFromFile(path);
        using var srgb = image.Colourspace(Enums.Interpretation.Srgb);
        if (srgb.Bands != 4 || Math.Max(srgb.Width, srgb.Height) < SmallestSide) return null;
        using var alpha = srgb.ExtractBand(3);
        var box = alpha.FindTrim(threshold: 8, background: [0]);
        var (left, top, width, height) = ((int)box[0], (int)box[1], (int)box[2], (int)box[3]);
        if (Math.Min(width, height) < 40 || alpha.Avg() is < 20 or > 250) return null;
        using var trimmed = srgb.Crop(left, top, width, height);
        using var bytes = trimmed.Cast(Enums.BandFormat.Uchar);
        return new Picture(width, height, 4, bytes.WriteToMemory<byte>());
    }
}
