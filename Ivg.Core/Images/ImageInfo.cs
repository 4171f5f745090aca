namespace Ivg.Core.Images;

/// <summary>What the header of a picture says.</summary>
/// <param name="Format">By content, not by name.</param>
/// <param name="Width">Pixels, after the orientation is applied.</param>
/// <param name="Height">Pixels, after the orientation is applied.</param>
/// <param name="HasAlpha">Whether it has an alpha band.</param>
/// <param name="Orientation">EXIF orientation, 1 (upright) to 8.</param>
public sealed record ImageInfo(ImageFormat Format, int Width, int Height, bool HasAlpha, int Orientation);
