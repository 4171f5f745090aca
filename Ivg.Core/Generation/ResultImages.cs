using Ivg.Core.Images;
using Ivg.Core.Jobs;

namespace Ivg.Core.Generation;

/// <summary>Turns a provider's bytes into a picture that can be delivered.</summary>
internal static class ResultImages
{
    /// <summary>
    /// Reads the bytes to their end, once, to know that they are a picture. A PNG is passed through untouched, any other format is decoded and
    /// becomes one with quick compression.
    /// </summary>
    /// <param name="bytes">What the provider sent.</param>
    /// <param name="maxPixels">More than this is refused before anything is decoded.</param>
    /// <returns>Null when it is no picture, a damaged one or too large.</returns>
    public static ProducedImage? Verify(byte[] bytes, long maxPixels)
    {
        try
        {
            var info = Pictures.Identify(bytes);
            if ((long)info.Width * info.Height > maxPixels) return null;
            if (info is { Format: ImageFormat.Png, Orientation: 1 })
            {
                Pictures.Verify(bytes);
                return new ProducedImage(bytes, "image/png", info.Width, info.Height);
            }
            var picture = Pictures.Decode(bytes);
            return new ProducedImage(Pictures.Encode(picture, ImageFormat.Png, effort: 1), "image/png", picture.Width, picture.Height);
        }
        catch (ImageRejectedException)
        {
            return null;
        }
    }
}
