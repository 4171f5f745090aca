namespace Ivg.Core.Images;

/// <summary>A decoded picture: 8-bit sRGB, straight alpha, rows top to bottom, bands interleaved (RGB or RGBA), values 0 to 255.</summary>
public sealed class Picture
{
    /// <summary>Wraps pixels without copying them.</summary>
    /// <param name="width">Width in pixels, 1 or more.</param>
    /// <param name="height">Height in pixels, 1 or more.</param>
    /// <param name="bands">3 (RGB) or 4 (RGBA).</param>
    /// <param name="pixels">Exactly <c>width * height * bands</c> bytes.</param>
    /// <exception cref="ArgumentException">The numbers do not fit together.</exception>
    public Picture(int width, int height, int bands, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (width < 1 || height < 1 || bands is not (3 or 4) || pixels.Length != (long)width * height * bands)
            throw new ArgumentException($"{pixels.Length} bytes do not make {width} x {height} x {bands}.", nameof(pixels));
        (Width, Height, Bands, Pixels) = (width, height, bands, pixels);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>3 (RGB) or 4 (RGBA).</summary>
    public int Bands { get; }

    /// <summary>The pixels themselves, not a copy: height x width x bands.</summary>
    public byte[] Pixels { get; }

    /// <summary>Whether there is an alpha band.</summary>
    public bool HasAlpha => Bands == 4;
}
