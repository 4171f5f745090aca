namespace Ivg.Core.Generation;

/// <summary>An encoded picture with its role.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Bytes">PNG, JPEG or WebP.</param>
/// <param name="MediaType">The true media type of <paramref name="Bytes"/>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record RoleImage(ImageRole Role, byte[] Bytes, string MediaType, int Width, int Height);
