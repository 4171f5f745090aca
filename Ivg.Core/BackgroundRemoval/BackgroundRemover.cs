using Ivg.Core.Images;
using Ivg.Core.Jobs;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>A picture in, its subject out.</summary>
public sealed class BackgroundRemover(Segmenter segmenter, TimeProvider time)
{
    private readonly ExpectedProgress _expected = new(time);

    /// <summary>Does all of it.</summary>
    /// <param name="source">The file.</param>
    /// <param name="model">Which network.</param>
    /// <param name="request">The rest of what was asked.</param>
    /// <param name="report">Told each stage as it begins, with a progress of 0 to 100.</param>
    /// <param name="cancellationToken">Ends it, also in the middle of the network's run.</param>
    /// <exception cref="ImageRejectedException">The file cannot be read.</exception>
    /// <exception cref="JobFailedException"><c>model_unavailable</c>.</exception>
    public async Task<Cutout> RemoveAsync(byte[] source, BackgroundModel model, BackgroundRemovalRequest request,
        Func<string, int, CancellationToken, Task> report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        await report("preparing", 5, cancellationToken);
        var start = time.GetTimestamp();
        var picture = Pictures.Decode(source);
        // Transparent parts go in as mid-grey: on white, a white subject would vanish.
        var input = Pictures.ToSquare(picture, model.Input.Side, grey: 128);
        var prepared = time.GetElapsedTime(start);

        await report("segmenting", 20, cancellationToken);
        // The network runs in one piece and tells nothing meanwhile.
        var map = await _expected.RunAsync(model.Name, 20, 70, progress => report("segmenting", progress, cancellationToken),
            () => segmenter.SegmentAsync(model, input, cancellationToken));
        var segmented = time.GetElapsedTime(start);

        await report("composing", 70, cancellationToken);
        var mask = request.Output == "mask";
        var cut = CutoutComposer.Compose(picture, input, map, request.Edges != "raw", cancellationToken);
        var bounds = request.Crop ? Compositing.Bounds(cut) : null;
        var result = mask ? Compositing.Mask(cut) : cut;
        var figures = CutoutFigures.Of(cut, map);
        if (bounds is { } box) result = Compositing.Crop(result, box);
        if (!mask && request.Background is { } colour)
            result = Compositing.Flatten(result, Convert.ToByte(colour[1..3], 16), Convert.ToByte(colour[3..5], 16), Convert.ToByte(colour[5..7], 16));
        var composed = time.GetElapsedTime(start);

        await report("saving", 90, cancellationToken);
        CutoutComposer.ReleaseLarge(picture);
        var format = request.Format == "webp" ? ImageFormat.Webp : ImageFormat.Png;
        return new Cutout(Pictures.Encode(result, format, effort: 4), format, result.Width, result.Height, figures,
            prepared, segmented - prepared, composed - segmented);
    }
}
