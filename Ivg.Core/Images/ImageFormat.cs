namespace Ivg.Core.Images;

/// <summary>The picture formats IVG knows by their first bytes; the last two it knows only in order to refuse them by name.</summary>
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
