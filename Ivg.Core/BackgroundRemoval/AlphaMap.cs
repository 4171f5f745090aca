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
        var (slopes, offsets) = guide is not null && enlarged ? Fit(map, guide) : (null, null);
        var colours = guide is null ? null : new LocalColours(guide, map);
        var alpha = new byte[width * height];
        Parallel.For(0, height, () => new float[width], (y, _, p) =>
        {
            probabilities.Row(y, p);
            if (slopes is not null && offsets is not null)
            {
                // Few pixels of a photo are in doubt, so the coefficients are looked up where they are, not scaled up whole.
                var pixels = picture.Pixels.AsSpan(y * width * picture.Bands, width * picture.Bands);
                var v = (y + 0.5f) / height * map.Height - 0.5f;
                for (var x = 0; x < p.Length; x++)
                {
                    if (p[x] is not (> Empty and < Full)) continue;
                    var u = (x + 0.5f) / width * map.Width - 0.5f;
                    p[x] = slopes.At(u, v) * Luminance(pixels[(x * picture.Bands)..]) + offsets.At(u, v);
                }
            }
            colours?.Refine(picture, y, p);
            var row = alpha.AsSpan(y * width, width);
            for (var x = 0; x < row.Length; x++)
                row[x] = p[x] < Empty ? (byte)0 : p[x] > Full ? (byte)255 : (byte)(p[x] * 255 + 0.5f);
            return p;
        }, _ => { });
        return alpha;
    }

    private static (Plane Slopes, Plane Offsets) Fit(Plane map, Picture guide)
    {
        var luminance = new float[map.Values.Length];
        Parallel.For(0, map.Height, y =>
        {
            for (var i = y * map.Width; i < (y + 1) * map.Width; i++) luminance[i] = Luminance(guide.Pixels.AsSpan(i * guide.Bands));
        });
        return GuidedFilter.Fit(new Plane(map.Width, map.Height, luminance), map);
    }

    private static float Luminance(ReadOnlySpan<byte> rgb) => (0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2]) / 255;
}
