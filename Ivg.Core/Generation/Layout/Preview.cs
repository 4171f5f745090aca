using Ivg.Core.Images;

namespace Ivg.Core.Generation.Layout;

/// <summary>A small copy to measure on: upright, in OKLab, whatever is transparent over neutral grey.</summary>
internal sealed class Preview
{
    /// <summary>Longest side in pixels: a percent of the frame is more than one of them, and a percent is as fine as hints are.</summary>
    public const int Side = 128;

    private const int Grey = 128;

    private Preview(int width, int height, LabPicture lab, float[]? alpha) => (Width, Height, Lab, Alpha) = (width, height, lab, alpha);

    /// <summary>Width of the whole picture in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the whole picture in pixels.</summary>
    public int Height { get; }

    public LabPicture Lab { get; }

    /// <summary>Opacity, 0 to 1; null for an opaque picture.</summary>
    public float[]? Alpha { get; }

    /// <summary>Decodes shrunk, to the last row.</summary>
    /// <exception cref="ImageRejectedException">It cannot be read to its end.</exception>
    public static Preview Read(byte[] bytes, int width, int height, int side = Side) => From(Pictures.Thumbnail(bytes, side), width, height);

    /// <summary>Shrinks a picture that is decoded already.</summary>
    public static Preview Of(Picture picture, int side = Side)
    {
        var scale = Math.Min(1.0, (double)side / Math.Max(picture.Width, picture.Height));
        var small = Pictures.Resize(picture, Math.Max(1, (int)Math.Round(picture.Width * scale)), Math.Max(1, (int)Math.Round(picture.Height * scale)));
        return From(small, picture.Width, picture.Height);
    }

    private static Preview From(Picture small, int width, int height)
    {
        if (!small.HasAlpha) return new Preview(width, height, LabPicture.From(small), null);
        var (pixels, alpha) = (small.Pixels, new float[small.Width * small.Height]);
        var lab = new LabPicture(small.Width, small.Height);
        for (int i = 0, p = 0; i < alpha.Length; i++, p += 4)
        {
            var a = pixels[p + 3];
            alpha[i] = a / 255f;
            lab[i] = Oklab.FromSrgb(Over(pixels[p], a), Over(pixels[p + 1], a), Over(pixels[p + 2], a));
        }
        return new Preview(width, height, lab, Array.TrueForAll(alpha, a => a > 0.99f) ? null : alpha);
    }

    private static byte Over(byte value, byte alpha) => (byte)(((value * alpha) + (Grey * (255 - alpha)) + 127) / 255);
}
