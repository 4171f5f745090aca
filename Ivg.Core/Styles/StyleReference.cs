namespace Ivg.Core.Styles;

/// <summary>A style's reference image.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="MimeType">Its true media type.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Sha256">Its ETag.</param>
public sealed record StyleReference(byte[] Bytes, string MimeType, int Width, int Height, byte[] Sha256);
