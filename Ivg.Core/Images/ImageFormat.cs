namespace Ivg.Core.Images;

/// <summary>The picture formats IVG knows by their first bytes.</summary>
public enum ImageFormat
{
    Png,
    Jpeg,
    Webp,
    Gif,
    Tiff,
    Avif,
    Heif,
    Bmp,
}
