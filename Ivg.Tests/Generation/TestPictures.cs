using Ivg.Core.Images;

namespace Ivg.Tests.Generation;

internal static class TestPictures
{
    public static Picture Gradient(int width, int height, int hue = 40, int bands = 3)
    {
        var pixels = new byte[width * height * bands];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var at = (y * width + x) * bands;
                (pixels[at], pixels[at + 1], pixels[at + 2]) = ((byte)(x * 255 / width), (byte)(y * 255 / height), (byte)hue);
                if (bands == 4) pixels[at + 3] = (byte)(x % 256);
            }
        return new Picture(width, height, bands, pixels);
    }

    public static byte[] Png(int width, int height, int hue = 40) => Pictures.Encode(Gradient(width, height, hue), ImageFormat.Png);
}
