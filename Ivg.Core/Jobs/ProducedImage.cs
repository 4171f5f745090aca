namespace Ivg.Core.Jobs;

/// <summary>A picture that a handler made, encoded.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="MediaType">Its true media type.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record ProducedImage(byte[] Bytes, string MediaType, int Width, int Height);
