using Ivg.Core.Images;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>A finished background removal.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Format">PNG or WebP.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Figures">How much was found, and how sure.</param>
/// <param name="Prepared">Time for decoding and scaling.</param>
/// <param name="Segmented">Time in the network, waiting for a turn included.</param>
/// <param name="Composed">Time for alpha, colours and composing.</param>
public sealed record Cutout(
    byte[] Bytes, ImageFormat Format, int Width, int Height, CutoutFigures Figures, TimeSpan Prepared, TimeSpan Segmented, TimeSpan Composed);
