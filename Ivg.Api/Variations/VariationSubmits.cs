using Ivg.Api.Errors;
using Ivg.Api.Jobs;
using Ivg.Api.Sessions;
using Ivg.Api.Slow;
using Ivg.Api.Uploads;
using Ivg.Core.Generation;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Ivg.Core.Styles;

namespace Ivg.Api.Variations;

/// <summary>Makes a variation's job of what was sent, by the API's callers and by the page's form alike.</summary>
internal sealed class VariationSubmits(SourcePicker sources, StyleStore styles, SubmitService submits)
{
    private const int LongestPrompt = 2000;

    public async Task<Job> SubmitAsync(HttpContext context, Caller caller, Submission submission, string? key, CancellationToken cancellationToken)
    {
        if (await submits.RepeatAsync(context, caller, submission, key, cancellationToken) is { } first) return first;
        var sourceStyle = await FindStyleAsync(submission.Text("source_style_id"), cancellationToken);
        var style = await FindStyleAsync(submission.Text("style_id"), cancellationToken);
        var request = new VariationRequest
        {
            StyleId = style,
            SourceStyleId = sourceStyle,
            Prompt = submission.Text("prompt", LongestPrompt),
            Count = submission.Number("count", 1, 4) ?? 1,
            AspectRatio = submission.Choice("aspect_ratio", "auto", AspectRatios.Known.Prepend("auto")),
            Fast = submission.Flag("fast"),
            Seed = submission.Number("seed", int.MinValue, int.MaxValue),
        };
        SourceUpload? upload = null;
        if (sourceStyle is null)
        {
            (upload, var imageId) = await sources.PickAsync(submission, caller, cancellationToken);
            request = request with { ImageId = upload?.ImageId ?? imageId };
        }
        else if (submission.Image is not null || submission.Id("image_id") is not null)
            throw new ApiException(400, "source_ambiguous", "Send one source: image, image_id or source_style_id.");
        context.EndStage("checked");
        return await submits.SubmitAsync(context, caller, JobKind.Variation, request, upload, submission, key, cancellationToken);
    }

    private async Task<string?> FindStyleAsync(string? styleId, CancellationToken cancellationToken)
    {
        if (styleId is null) return null;
        return StyleIds.IsValid(styleId) && await styles.FindAsync(styleId, cancellationToken) is { } style
            ? style.StyleId
            : throw new ApiException(404, "style_not_found", "There is no such style; GET /api/styles lists them.");
    }
}
