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
        var (rgba, bands, width) = (new byte[alpha.Length * 4], picture.Bands, picture.Width);
        Parallel.For(0, picture.Height, y =>
        {
            var from = picture.Pixels.AsSpan(y * width * bands, width * bands);
            var into = rgba.AsSpan(y * width * 4, width * 4);
            var row = alpha.AsSpan(y * width, width);
            for (int x = 0, i = 0, o = 0; x < row.Length; x++, i += bands, o += 4)
            {
                (into[o], into[o + 1], into[o + 2]) = (from[i], from[i + 1], from[i + 2]);
                into[o + 3] = bands == 3 ? row[x] : (byte)((row[x] * from[i + 3] + 127) / 255);
            }
        });
        return new Picture(picture.Width, picture.Height, 4, rgba);
    }

    /// <summary>Blackens what is fully transparent: the file is smaller, and no hidden background is handed out with it.</summary>
    public static void ClearTransparent(Picture cut)
    {
        Parallel.For(0, cut.Height, y =>
        {
            var row = cut.Pixels.AsSpan(y * cut.Width * 4, cut.Width * 4);
            for (var i = 0; i < row.Length; i += 4)
                if (row[i + 3] == 0) row.Slice(i, 3).Clear();
        });
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
