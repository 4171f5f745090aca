using Ivg.Core.Images;

namespace Ivg.Bench;

internal static class BenchPicture
{
    /// <summary>A PNG of 1024 x 1024 that packs about as well as an illustration with some grain: 1.5 MB.</summary>
    public static byte[] Make()
    {
        const int side = 1024;
        var pixels = new byte[side * side * 3];
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
            {
                var at = (y * side + x) * 3;
                var grain = (x * 5 + y * 11 + x * y / 37) & 3;
                pixels[at] = (byte)((x + y) / 8 + grain);
                pixels[at + 1] = (byte)(127 + 100 * Math.Sin(x / 90.0) + grain);
                pixels[at + 2] = (byte)(127 + 100 * Math.Cos(y / 70.0) + grain);
            }
        return Pictures.Encode(new Picture(side, side, 3, pixels), ImageFormat.Png);
    }

    /// <summary>A PNG of noise, 1.0 MB whatever packs it.</summary>
    public static byte[] OfAMegabyte()
    {
        var pixels = new byte[592 * 590 * 3];
        new Random(1).NextBytes(pixels);
        return Pictures.Encode(new Picture(592, 590, 3, pixels), ImageFormat.Png);
    }
}
