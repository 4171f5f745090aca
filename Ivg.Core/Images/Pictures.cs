using NetVips;

namespace Ivg.Core.Images;

/// <summary>Reads, scales and writes pictures. The one place that speaks to libvips.</summary>
public static class Pictures
{
    private static readonly Dictionary<ImageFormat, string> Loaders = new()
    {
        [ImageFormat.Png] = "VipsForeignLoadPng",
        [ImageFormat.Jpeg] = "VipsForeignLoadJpeg",
        [ImageFormat.Webp] = "VipsForeignLoadWebp",
        [ImageFormat.Gif] = "VipsForeignLoadNsgif",
        [ImageFormat.Tiff] = "VipsForeignLoadTiff",
        [ImageFormat.Avif] = "VipsForeignLoadHeif",
    };

    static Pictures()
    {
        // Strangers' bytes reach these loaders and no others: no SVG, PDF, ImageMagick or raw formats.
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in Loaders.Values.Distinct())
            Operation.Block(loader, false);
        // Pictures come from memory and differ each time, so a cache of operations only holds memory.
        Cache.Max = 0;
        // What is wrong with a picture is in the exception; on the error output, strangers could write lines without end.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { });
    }

    /// <summary>Reads the header only.</summary>
    /// <exception cref="ImageRejectedException"><c>unsupported_image</c> or <c>undecodable_image</c>.</exception>
    public static ImageInfo Identify(byte[] bytes)
    {
        var format = ImageFormats.Sniff(bytes) ?? throw Unsupported(null);
        using var image = Open(bytes, format);
        var orientation = image.Contains("orientation") ? Convert.ToInt32(image.Get("orientation"), null) : 1;
        var (width, height) = (image.Width, image.Height);
        return orientation is >= 5 and <= 8
            ? new ImageInfo(format, height, width, image.HasAlpha(), orientation)
            : new ImageInfo(format, width, height, image.HasAlpha(), orientation);
    }

    /// <summary>Reads to the last pixel and keeps none, so that damage shows before anything is stored.</summary>
    /// <exception cref="ImageRejectedException">It cannot be read to its end.</exception>
    public static void Verify(byte[] bytes)
    {
        var format = ImageFormats.Sniff(bytes) ?? throw Unsupported(null);
        // What that check does not pass, the decoder judges: it knows better what can still be read.
        if (format is ImageFormat.Png && PngCheck.IsWhole(bytes)) return;
        try
        {
            using var image = Open(bytes, format);
            _ = image.Avg();
        }
        catch (VipsException e)
        {
            throw Undecodable(e);
        }
    }

    /// <summary>Decodes the first frame upright, in 8-bit sRGB, shrunk to <paramref name="maxSide"/> if that is smaller.</summary>
    /// <exception cref="ImageRejectedException">It cannot be read to its end.</exception>
    public static Picture Decode(byte[] bytes, int? maxSide = null)
    {
        var format = ImageFormats.Sniff(bytes) ?? throw Unsupported(null);
        try
        {
            using var image = Open(bytes, format);
            using var upright = Upright(image);
            using var srgb = ToSrgb(upright);
            var scale = maxSide is { } side ? Math.Min(1.0, (double)side / Math.Max(srgb.Width, srgb.Height)) : 1.0;
            if (scale >= 1.0) return ToPicture(srgb);
            using var small = srgb.ThumbnailImage(Math.Max(1, (int)Math.Round(srgb.Width * scale)),
                height: Math.Max(1, (int)Math.Round(srgb.Height * scale)), size: Enums.Size.Force);
            return ToPicture(small);
        }
        catch (VipsException e)
        {
            throw Undecodable(e);
        }
    }

    /// <summary>
    /// Decodes the first frame upright, in 8-bit sRGB, shrunk to <paramref name="side"/> while it is read: a JPEG's finest detail is never
    /// worked out, and the whole picture is never in memory. Still every row is read.
    /// </summary>
    /// <exception cref="ImageRejectedException">It cannot be read to its end.</exception>
    public static Picture Thumbnail(byte[] bytes, int side)
    {
        var format = ImageFormats.Sniff(bytes) ?? throw Unsupported(null);
        try
        {
            // Not libvips' own thumbnail of a buffer: it makes do with a file that is cut short.
            using var image = Open(bytes, format, format is ImageFormat.Jpeg ? JpegShrink(bytes, side) : "");
            using var upright = Upright(image);
            using var small = upright.ThumbnailImage(side, height: side, size: Enums.Size.Down);
            using var srgb = ToSrgb(small);
            return ToPicture(srgb);
        }
        catch (VipsException e)
        {
            throw Undecodable(e);
        }
    }

    /// <summary>Encodes as PNG (lossless), JPEG or WebP; alpha is kept where the format has it, else flattened on white.</summary>
    /// <param name="picture">What to encode.</param>
    /// <param name="format">PNG, JPEG or WebP.</param>
    /// <param name="effort">PNG compression, 0 to 9: 6 is small, 1 is quick.</param>
    public static byte[] Encode(Picture picture, ImageFormat format, int effort = 6)
    {
        using var image = FromPicture(picture);
        switch (format)
        {
            case ImageFormat.Png:
                return image.PngsaveBuffer(compression: effort, keep: Enums.ForeignKeep.None);
            case ImageFormat.Webp:
                return image.WebpsaveBuffer(q: 90, alphaQ: 100, keep: Enums.ForeignKeep.None);
            case ImageFormat.Jpeg:
                using (var opaque = picture.HasAlpha ? image.Flatten(background: [255, 255, 255]) : image.Copy())
                    return opaque.JpegsaveBuffer(q: 92, keep: Enums.ForeignKeep.None);
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "PNG, JPEG or WebP.");
        }
    }

    /// <summary>Scales with a Lanczos filter, antialiased, alpha premultiplied meanwhile; the aspect ratio may change.</summary>
    public static Picture Resize(Picture picture, int width, int height)
    {
        if (picture.Width == width && picture.Height == height) return picture;
        using var image = FromPicture(picture);
        using var scaled = image.ThumbnailImage(width, height: height, size: Enums.Size.Force);
        return ToPicture(scaled);
    }

    /// <summary>
    /// Stretches to a square as networks learnt to see pictures: opaque, transparent parts on a grey, with a triangle filter that is widened where it
    /// shrinks, so that nothing aliases and nothing rings at edges.
    /// </summary>
    /// <param name="picture">RGB or RGBA.</param>
    /// <param name="side">In pixels.</param>
    /// <param name="grey">What transparent parts show, 0 to 255.</param>
    public static Picture ToSquare(Picture picture, int side, byte grey)
    {
        using var image = FromPicture(picture);
        using var opaque = picture.HasAlpha ? image.Flatten(background: [grey, grey, grey]) : image.Copy();
        using var scaled = opaque.Resize((double)side / picture.Width, vscale: (double)side / picture.Height, kernel: Enums.Kernel.Linear);
        return ToPicture(scaled);
    }

    /// <summary>Scales a plane in float with a Lanczos filter, antialiased.</summary>
    public static Plane Resize(Plane plane, int width, int height)
    {
        if (plane.Width == width && plane.Height == height) return plane;
        using var image = Image.NewFromMemory(plane.Values, plane.Width, plane.Height, 1, Enums.BandFormat.Float);
        using var scaled = image.Resize((double)width / plane.Width, vscale: (double)height / plane.Height, kernel: Enums.Kernel.Lanczos3);
        return new Plane(width, height, scaled.WriteToMemory<float>());
    }

    /// <summary>Blurs all bands with a Gaussian.</summary>
    /// <param name="picture">What to blur.</param>
    /// <param name="sigma">Standard deviation in pixels, above 0.</param>
    public static Picture Blur(Picture picture, double sigma)
    {
        using var image = FromPicture(picture);
        using var blurred = image.Gaussblur(sigma);
        return ToPicture(blurred);
    }

    // The coarsest of a JPEG's four sizes that leaves the filter twice the pixels it needs.
    private static string JpegShrink(byte[] bytes, int side)
    {
        using var header = Open(bytes, ImageFormat.Jpeg);
        return "shrink=" + (Math.Max(header.Width, header.Height) / (side * 2)) switch { >= 8 => 8, >= 4 => 4, >= 2 => 2, _ => 1 };
    }

    private static Image Open(byte[] bytes, ImageFormat format, string options = "")
    {
        if (!Loaders.ContainsKey(format)) throw Unsupported(format);
        try
        {
            return Image.NewFromBuffer(bytes, options, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);
        }
        catch (VipsException e)
        {
            throw Undecodable(e);
        }
    }

    // Turning reads rows out of their order, which a file that is read from top to bottom cannot give: it is decoded whole first.
    private static Image Upright(Image image)
    {
        if (!image.Contains("orientation") || image.Get("orientation") is not (int and > 1)) return image.Autorot();
        using var whole = image.CopyMemory();
        return whole.Autorot();
    }

    private static Image ToSrgb(Image image)
    {
        // An embedded profile (Display P3, Adobe RGB, CMYK, a scanner's grey) is converted, not dropped: otherwise colours shift. Where it is damaged or
        // for other channels, libvips goes by the colour space. Numbers that mean the same on every device need none, and would be taken for 0 to 255.
        using var converted = image.Contains("icc-profile-data")
                && image.Interpretation is not (Enums.Interpretation.Lab or Enums.Interpretation.Labs or Enums.Interpretation.Xyz or Enums.Interpretation.Scrgb)
            ? image.IccTransform("srgb", embedded: true, depth: 8)
            : image.Colourspace(Enums.Interpretation.Srgb);
        using var bytes = converted.Cast(Enums.BandFormat.Uchar);
        return bytes.Bands > 4 ? bytes.ExtractBand(0, n: 4) : bytes.Copy();
    }

    private static Image FromPicture(Picture picture)
    {
        using var image = Image.NewFromMemory(picture.Pixels, picture.Width, picture.Height, picture.Bands, Enums.BandFormat.Uchar);
        return image.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static Picture ToPicture(Image image) => new(image.Width, image.Height, image.Bands, image.WriteToMemory<byte>());

    private static ImageRejectedException Unsupported(ImageFormat? format) => new(415, "unsupported_image", (format switch
    {
        ImageFormat.Heif => "The file is a HEIC or HEIF picture, which IVG cannot read.",
        ImageFormat.Bmp => "The file is a BMP picture, which IVG cannot read.",
        _ => "The file is no picture that IVG reads.",
    }) + " Send a PNG, JPEG, WebP, GIF, TIFF or AVIF.");

    private static ImageRejectedException Undecodable(Exception inner) => new(422, "undecodable_image",
        "The picture is damaged or cut short, so it cannot be read to its end. Send it again or export it anew.", inner);
}
