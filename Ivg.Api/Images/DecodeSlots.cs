using Ivg.Api.Limits;
using Ivg.Core.Jobs;

namespace Ivg.Api.Images;

/// <summary>Bounds how many pictures this process decodes at once, whatever for: each takes a core and up to the memory of a whole picture.</summary>
/// <param name="most">How many.</param>
/// <param name="patience">How long one more waits.</param>
internal sealed class DecodeSlots(int most, TimeSpan patience) : Slots(most, patience, "Many pictures are being looked at just now. Try again in a moment.")
{
    // A progressive JPEG is kept whole in its decoder, at six bytes a pixel, beside the rows that come out of it.
    private const int BytesOfPixel = 8;

    /// <summary>As many as there are cores, and as the largest pictures that are taken fit into a quarter of the memory.</summary>
    public static int Fitting(long maxPixels) => new WorkerCeiling(Environment.ProcessorCount, MemoryShare.Quarter, maxPixels * BytesOfPixel).Of(int.MaxValue);
}
