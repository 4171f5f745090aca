using Ivg.Core.Images;

namespace Ivg.Bench;

/// <summary>Pictures side by side on a light ground.</summary>
internal static class Sheet
{
    private const int Gap = 12;
    private const byte Ground = 250;

    /// <summary>Rows of pictures that are brought to one height.</summary>
    public static Picture Of(int height, IEnumerable<IEnumerable<byte[]>> rows)
    {
        var scaled = rows.Select(row => row.Select(bytes => Scale(Pictures.Decode(bytes), height)).ToList()).ToList();
        var width = scaled.Max(row => row.Sum(picture => picture.Width + Gap)) + Gap;
        var tall = (scaled.Count * (height + Gap)) + Gap;
        var pixels = new byte[width * tall * 3];
        Array.Fill(pixels, Ground);
        for (var row = 0; row < scaled.Count; row++)
        {
            var left = Gap;
            foreach (var picture in scaled[row])
            {
                var top = Gap + (row * (height + Gap));
                for (var y = 0; y < height; y++)
                    picture.Pixels.AsSpan(y * picture.Width * 3, picture.Width * 3).CopyTo(pixels.AsSpan((((top + y) * width) + left) * 3));
                left += picture.Width + Gap;
            }
        }

        return new Picture(width, tall, 3, pixels);
    }

    private static Picture Scale(Picture picture, int height) =>
        Pictures.Resize(picture, (int)Math.Round((double)picture.Width * height / picture.Height), height);
}
