using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Ivg.Core.Styles;

namespace Ivg.Core.Generation;

/// <summary>Does variation jobs: loads what the request names and has the variations made.</summary>
internal sealed class VariationHandler(AssetStore assets, StyleStore styles, VariationMaker maker) : IJobHandler
{
    public JobKind Kind => JobKind.Variation;

    public async Task<JobOutput> HandleAsync(JobContext job, CancellationToken cancellationToken)
    {
        await job.ReportAsync("preparing", 5, cancellationToken);
        var request = job.Payload<VariationRequest>();
        var source = await LoadSourceAsync(job.SessionId, request, cancellationToken);
        if (request.StyleId is not { } styleId) return await maker.MakeAsync(job, request, source, style: null, reference: null, cancellationToken);
        var style = await styles.FindAsync(styleId, cancellationToken);
        var reference = await styles.ReadReferenceAsync(styleId, cancellationToken);
        if (style is null || reference is null) throw Missing("The style is no longer there. Choose another one and start again.");
        return await maker.MakeAsync(job, request, source, style, reference, cancellationToken);
    }

    private async Task<byte[]> LoadSourceAsync(string sessionId, VariationRequest request, CancellationToken cancellationToken)
    {
        if (request.ImageId is { } imageId)
            return await assets.ReadAsync(sessionId, imageId, cancellationToken) ?? throw Missing("The source image is no longer there. Upload it again.");
        var reference = request.SourceStyleId is { } styleId ? await styles.ReadReferenceAsync(styleId, cancellationToken) : null;
        return reference ?? throw Missing("The style whose image is the source is no longer there. Choose another source.");
    }

    private static JobFailedException Missing(string message) => new(new JobError(JobErrorCodes.SourceMissing, message, Retryable: false));
}
