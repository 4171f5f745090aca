using Ivg.Core.Images;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>Brings the network's probabilities to the picture's size, as 8-bit alpha.</summary>
internal static class AlphaMap
{
    // What is nearly empty or nearly full is noise of the network; a viewer shows it as a veil or as a subject that is not quite there.
    private const float Empty = 4.5f / 255;
    private const float Full = 250.5f / 255;

    /// <summary>Scales the map.</summary>
    /// <param name="map">Probabilities at the network's size.</param>
    /// <param name="guide">The picture at that size, opaque: edges follow its colours. Null scales only.</param>
    /// <param name="picture">The picture itself.</param>
    public static byte[] Scale(Plane map, Picture? guide, Picture picture)
    {
        var (width, height) = (picture.Width, picture.Height);
        var probabilities = new RowResampler(map, width, height);
        var enlarged = width > map.Width && height > map.Height;
        var (slopes, offsets) = guide is not null && enlarged ? Fit(map, guide, width, height) : (null, null);
        var colours = guide is null ? null : new LocalColours(guide, map);
        var alpha = new byte[width * height];
        Parallel.For(0, height, () => new float[3 * width], (y, _, buffer) =>
        {
            var p = buffer.AsSpan(0, width);
            probabilities.Row(y, p);
            if (slopes is not null && offsets is not null && p.IndexOfAnyInRange(Empty, Full) >= 0)
            {
                var slope = buffer.AsSpan(width, width);
                var offset = buffer.AsSpan(2 * width, width);
                slopes.Row(y, slope);
                offsets.Row(y, offset);
                var pixels = picture.Pixels.AsSpan(y * width * picture.Bands, width * picture.Bands);
                for (var x = 0; x < p.Length; x++)
                {
                    if (p[x] is > Empty and < Full) p[x] = slope[x] * Luminance(pixels[(x * picture.Bands)..]) + offset[x];
                }
            }
            colours?.Refine(picture, y, p);
            var row = alpha.AsSpan(y * width, width);
            for (var x = 0; x < row.Length; x++)
                row[x] = p[x] < Empty ? (byte)0 : p[x] > Full ? (byte)255 : (byte)(p[x] * 255 + 0.5f);
            return buffer;
        }, _ => { });
        return alpha;
    }

    private static (RowResampler Slopes, RowResampler Offsets) Fit(Plane map, Picture guide, int width, int height)
    {
        var luminance = new float[map.Values.Length];
        for (var i = 0; i < luminance.Length; i++) luminance[i] = Luminance(guide.Pixels.AsSpan(i * guide.Bands));
        var (slope, offset) = GuidedFilter.Fit(new Plane(map.Width, map.Height, luminance), map);
        return (new RowResampler(slope, width, height), new RowResampler(offset, width, height));
    }

    private static float Luminance(ReadOnlySpan<byte> rgb) => (0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2]) / 255;
}
