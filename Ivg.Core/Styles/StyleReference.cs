namespace Ivg.Core.Styles;

/// <summary>A style's reference image without its bytes.</summary>
/// <param name="MimeType">Its true media type.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Length">Bytes of the file.</param>
/// <param name="Sha256">Its ETag.</param>
public sealed record StyleReference(string MimeType, int Width, int Height, int Length, byte[] Sha256);
