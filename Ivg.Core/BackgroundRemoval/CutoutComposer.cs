using Ivg.Core.Images;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>What happens after the network: its map becomes alpha of the picture's size, and that a cutout.</summary>
internal static class CutoutComposer
{
    /// <summary>Composes.</summary>
    /// <param name="picture">The picture, RGB or RGBA.</param>
    /// <param name="input">The same, opaque, at the network's size.</param>
    /// <param name="map">Probabilities of that size.</param>
    /// <param name="refined">Edges follow the picture and carry the subject's own colours; otherwise alpha is the scaled map alone.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    public static Picture Compose(Picture picture, Picture input, Plane map, bool refined, CancellationToken cancellationToken)
    {
        var alpha = AlphaMap.Scale(map, refined ? input : null, picture);
        var cut = Compositing.Cut(picture, alpha);
        if (!refined) return cut;
        ForegroundColours.Estimate(picture, alpha, cut.Pixels, cancellationToken);
        Compositing.ClearTransparent(cut);
        return cut;
    }
}
