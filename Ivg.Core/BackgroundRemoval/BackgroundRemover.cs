using Ivg.Core.Images;
using Ivg.Core.Jobs;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>A picture in, its subject out.</summary>
public sealed class BackgroundRemover(Segmenter segmenter, WorkerCeiling ceiling, TimeProvider time) : IDisposable
{
    // A worker takes no more jobs than that; requests that do their own work would come as they please.
    private readonly SemaphoreSlim _room = new(ceiling.Of(int.MaxValue));
    private readonly ExpectedProgress _expected = new(time);

    /// <summary>Does all of it, as soon as those under way leave room for the picture.</summary>
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
        await _room.WaitAsync(cancellationToken);
        try
        {
            return await RemoveInTurnAsync(source, model, request, report, cancellationToken);
        }
        finally
        {
            _room.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    private async Task<Cutout> RemoveInTurnAsync(byte[] source, BackgroundModel model, BackgroundRemovalRequest request,
        Func<string, int, CancellationToken, Task> report, CancellationToken cancellationToken)
    {
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
