using Ivg.Core.Images;

namespace Ivg.Tests.Generation;

/// <summary>Writes words into a picture's pixels, in letters of 5 by 7 dots.</summary>
internal static class DrawnWords
{
    // Rows of five bits from the top, for the letters that the tests write.
    private static readonly Dictionary<char, byte[]> Letters = new()
    {
        ['A'] = [0x0E, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11], ['E'] = [0x1F, 0x10, 0x10, 0x1E, 0x10, 0x10, 0x1F],
        ['G'] = [0x0E, 0x11, 0x10, 0x17, 0x11, 0x11, 0x0F], ['I'] = [0x0E, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0E],
        ['L'] = [0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1F], ['N'] = [0x11, 0x19, 0x15, 0x13, 0x11, 0x11, 0x11],
        ['O'] = [0x0E, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0E], ['R'] = [0x1E, 0x11, 0x11, 0x1E, 0x14, 0x12, 0x11],
        ['S'] = [0x0F, 0x10, 0x10, 0x0E, 0x01, 0x01, 0x1E], ['U'] = [0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0E],
        [' '] = new byte[7],
    };

    public static Picture On(Picture picture, string words)
    {
        var pixels = picture.Pixels.ToArray();
        for (var letter = 0; letter < words.Length; letter++)
            for (var dot = 0; dot < 35; dot++)
            {
                var (x, y) = (10 + letter * 7 + dot % 5, 20 + dot / 5);
                if ((Letters[words[letter]][dot / 5] >> (4 - dot % 5) & 1) == 1) pixels.AsSpan((y * picture.Width + x) * picture.Bands, picture.Bands).Clear();
            }
        return new Picture(picture.Width, picture.Height, picture.Bands, pixels);
    }
}
