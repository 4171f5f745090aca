using Ivg.Core.Images;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>What happens after the network: its map becomes alpha of the picture's size, and that a cutout.</summary>
internal static class CutoutComposer
{
    private const int LargePicture = 500_000;

    /// <summary>Composes.</summary>
    /// <param name="picture">The picture, RGB or RGBA.</param>
    /// <param name="input">The same, opaque, at the network's size.</param>
    /// <param name="map">Probabilities of that size.</param>
    /// <param name="refined">Edges follow the picture and carry the subject's own colours; otherwise alpha is the scaled map alone.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    public static Picture Compose(Picture picture, Picture input, Plane map, bool refined, CancellationToken cancellationToken)
    {
        var alpha = AlphaMap.Scale(map, refined ? input : null, picture);
        ReleaseLarge(picture);
        var cut = Compositing.Cut(picture, alpha);
        if (!refined) return cut;
        ForegroundColours.Estimate(picture, alpha, cut.Pixels, cancellationToken);
        Compositing.ClearTransparent(cut);
        return cut;
    }

    /// <summary>A large picture leaves a few huge arrays behind. The collector would let several pictures' worth pile up before it looks.</summary>
    public static void ReleaseLarge(Picture picture)
    {
        if (picture.Width * picture.Height > LargePicture) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
