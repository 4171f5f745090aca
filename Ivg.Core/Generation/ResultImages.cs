using Ivg.Core.Generation.Layout;
using Ivg.Core.Images;
using Ivg.Core.Jobs;

namespace Ivg.Core.Generation;

/// <summary>Turns a provider's bytes into a picture that can be delivered.</summary>
internal static class ResultImages
{
    /// <summary>
    /// Decodes the bytes to their end, once, to know that they are a picture and to have a small copy to judge it by. A PNG is passed
    /// through untouched, any other format becomes one with quick compression.
    /// </summary>
    /// <param name="bytes">What the provider sent.</param>
    /// <param name="maxPixels">More than this is refused before anything is decoded.</param>
    /// <returns>Null when it is no picture, a damaged one or too large.</returns>
    public static (ProducedImage Image, Preview Preview)? Verify(byte[] bytes, long maxPixels)
    {
        try
        {
            var info = Pictures.Identify(bytes);
            if ((long)info.Width * info.Height > maxPixels) return null;
            if (info.Format is ImageFormat.Png && info.Orientation == 1)
                return (new ProducedImage(bytes, "image/png", info.Width, info.Height), Preview.Read(bytes, info.Width, info.Height));
            var picture = Pictures.Decode(bytes);
            var png = Pictures.Encode(picture, ImageFormat.Png, effort: 1);
            return (new ProducedImage(png, "image/png", picture.Width, picture.Height), Preview.Of(picture));
        }
        catch (ImageRejectedException)
        {
            return null;
        }
    }
}
