using Ivg.Core.Images;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>Puts pixels and alpha together and apart; alpha is straight throughout.</summary>
internal static class Compositing
{
    /// <summary>The picture over a colour, opaque RGB.</summary>
    public static Picture Flatten(Picture picture, byte red, byte green, byte blue)
    {
        if (!picture.HasAlpha) return picture;
        var (from, rgb) = (picture.Pixels, new byte[picture.Pixels.Length / 4 * 3]);
        ReadOnlySpan<byte> ground = [red, green, blue];
        for (int i = 0, o = 0; i < from.Length; i += 4)
        {
            var alpha = from[i + 3];
            for (var band = 0; band < 3; band++)
                rgb[o++] = (byte)((from[i + band] * alpha + ground[band] * (255 - alpha) + 127) / 255);
        }
        return new Picture(picture.Width, picture.Height, 3, rgb);
    }

    /// <summary>The picture's own colours with <paramref name="alpha"/>, times the alpha it had.</summary>
    public static Picture Cut(Picture picture, byte[] alpha)
    {
        var (from, rgba, bands) = (picture.Pixels, new byte[alpha.Length * 4], picture.Bands);
        for (var i = 0; i < alpha.Length; i++)
        {
            from.AsSpan(i * bands, 3).CopyTo(rgba.AsSpan(i * 4));
            rgba[i * 4 + 3] = bands == 3 ? alpha[i] : (byte)((alpha[i] * from[i * 4 + 3] + 127) / 255);
        }
        return new Picture(picture.Width, picture.Height, 4, rgba);
    }

    /// <summary>Blackens what is fully transparent: the file is smaller, and no hidden background is handed out with it.</summary>
    public static void ClearTransparent(Picture cut)
    {
        for (var i = 0; i < cut.Pixels.Length; i += 4)
            if (cut.Pixels[i + 3] == 0) cut.Pixels.AsSpan(i, 3).Clear();
    }

    /// <summary>Alpha as a grey, opaque picture.</summary>
    public static Picture Mask(Picture cut)
    {
        var rgb = new byte[cut.Pixels.Length / 4 * 3];
        for (var i = 0; i < rgb.Length / 3; i++) rgb.AsSpan(i * 3, 3).Fill(cut.Pixels[i * 4 + 3]);
        return new Picture(cut.Width, cut.Height, 3, rgb);
    }

    /// <summary>The smallest box around everything that shows; null when nothing does.</summary>
    public static (int X, int Y, int Width, int Height)? Bounds(Picture cut)
    {
        var (left, top, right, bottom) = (cut.Width, cut.Height, -1, -1);
        for (var y = 0; y < cut.Height; y++)
        {
            for (var x = 0; x < cut.Width; x++)
            {
                if (cut.Pixels[(y * cut.Width + x) * 4 + 3] == 0) continue;
                (left, right) = (Math.Min(left, x), Math.Max(right, x));
                (top, bottom) = (Math.Min(top, y), y);
            }
        }
        return right < 0 ? null : (left, top, right - left + 1, bottom - top + 1);
    }

    /// <summary>The part inside the box.</summary>
    public static Picture Crop(Picture picture, (int X, int Y, int Width, int Height) box)
    {
        var (bands, row) = (picture.Bands, box.Width * picture.Bands);
        var pixels = new byte[row * box.Height];
        for (var y = 0; y < box.Height; y++)
            picture.Pixels.AsSpan(((y + box.Y) * picture.Width + box.X) * bands, row).CopyTo(pixels.AsSpan(y * row));
        return new Picture(box.Width, box.Height, bands, pixels);
    }
}
