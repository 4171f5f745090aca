using System.Security.Cryptography;
using Ivg.Core.Images;

namespace Ivg.GeminiEmulator;

/// <summary>Makes the picture: the source, scaled to the model's pixels, in the style picture's mean colour, with the seed stamped in a corner.</summary>
internal static class Painter
{
    private const int Stamp = 8;

    /// <summary>The same call gives the same bytes; <paramref name="salt"/> other than 0 breaks that.</summary>
    public static Picture Paint(GenerateCall call, int width, int height, int salt)
    {
        var source = call.Pictures.Count > 0 ? Pictures.Resize(Opaque(Pictures.Decode(call.Pictures[0], 1024)), width, height) : Pattern(width, height);
        var tint = call.Pictures.Count > 1 ? Mean(Pictures.Decode(call.Pictures[^1], 64)) : Hue(call.Words);
        var pixels = new byte[width * height * 3];
        // Other words, another size or another thinking level give another picture, as another seed does.
        var asked = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{call.SystemText}{call.Words}{call.AspectRatio}{call.ImageSize}{call.ThinkingLevel}"));
        var shift = (byte)((call.Seed * 37 + salt * 11 + asked[0]) & 0x1F);
        for (var at = 0; at < pixels.Length; at += 3)
        {
            var light = (source.Pixels[at] * 54 + source.Pixels[at + 1] * 183 + source.Pixels[at + 2] * 19) >> 8;
            for (var band = 0; band < 3; band++)
                pixels[at + band] = (byte)Math.Min(255, (light + source.Pixels[at + band] + tint[band]) / 3 + shift);
        }
        StampBits(pixels, width, (call.Seed & 0xFF) | (call.Pictures.Count << 8));
        return new Picture(width, height, 3, pixels);
    }

    /// <summary>One colour.</summary>
    public static Picture Blank(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        Array.Fill(pixels, (byte)236);
        return new Picture(width, height, 3, pixels);
    }

    /// <summary>A plain pattern for answers that are made once.</summary>
    public static Picture Pattern(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var at = (y * width + x) * 3;
                var grain = (x * 7 + y * 13 + x * y / 31) & 7;
                pixels[at] = (byte)((x * 255 / width + grain) & 0xFF);
                pixels[at + 1] = (byte)((y * 255 / height + grain) & 0xFF);
                pixels[at + 2] = (byte)(((x ^ y) & 0x80) + grain);
            }
        return new Picture(width, height, 3, pixels);
    }

    private static void StampBits(byte[] pixels, int width, int bits)
    {
        for (var bit = 0; bit < 12; bit++)
            for (var y = 0; y < Stamp; y++)
                for (var x = 0; x < Stamp; x++)
                    pixels.AsSpan((y * width + bit * Stamp + x) * 3, 3).Fill((byte)((bits >> bit & 1) * 255));
    }

    private static Picture Opaque(Picture picture)
    {
        if (!picture.HasAlpha) return picture;
        var pixels = new byte[picture.Width * picture.Height * 3];
        for (int from = 0, to = 0; to < pixels.Length; from += 4, to += 3)
            for (var band = 0; band < 3; band++)
                pixels[to + band] = (byte)((picture.Pixels[from + band] * picture.Pixels[from + 3] + 255 * (255 - picture.Pixels[from + 3])) / 255);
        return new Picture(picture.Width, picture.Height, 3, pixels);
    }

    private static byte[] Mean(Picture picture)
    {
        var sums = new long[3];
        for (var at = 0; at < picture.Pixels.Length; at += picture.Bands)
            for (var band = 0; band < 3; band++) sums[band] += picture.Pixels[at + band];
        return [.. sums.Select(sum => (byte)(sum / (picture.Width * picture.Height)))];
    }

    private static byte[] Hue(string words) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(words))[..3];
}
