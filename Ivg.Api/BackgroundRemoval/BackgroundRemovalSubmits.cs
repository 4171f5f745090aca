using System.Text.RegularExpressions;
using Ivg.Api.Errors;
using Ivg.Api.Jobs;
using Ivg.Api.Sessions;
using Ivg.Api.Slow;
using Ivg.Api.Uploads;
using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Jobs;

namespace Ivg.Api.BackgroundRemoval;

/// <summary>Makes a background removal's job of what was sent, by the API's callers and by the page's form alike.</summary>
internal sealed partial class BackgroundRemovalSubmits(SourcePicker sources, SubmitService submits, ModelCatalogue catalogue)
{
    public async Task<Job> SubmitAsync(HttpContext context, Caller caller, Submission submission, string? key, CancellationToken cancellationToken)
    {
        if (await submits.RepeatAsync(context, caller, submission, key, cancellationToken) is { } first) return first;
        var model = submission.Text("model");
        if (model is not null && catalogue.Find(model) is null)
            throw new ApiException(400, "unknown_model", $"There is no model of that name. Known: {catalogue.Names}.");
        var background = submission.Text("background");
        if (background is not null && !Colour().IsMatch(background)) throw ApiException.InvalidField("background", "A colour as #rrggbb.");
        var request = new BackgroundRemovalRequest
        {
            Model = model,
            Format = submission.Choice("format", "png", "png", "webp"),
            Edges = submission.Choice("edges", "refined", "refined", "raw"),
            Output = submission.Choice("output", "cutout", "cutout", "mask"),
            Crop = submission.Flag("crop") ?? false,
            Background = background,
        };
        var (upload, imageId) = await sources.PickAsync(submission, caller, cancellationToken);
        request = request with { ImageId = upload?.ImageId ?? imageId!.Value };
        context.EndStage("checked");
        return await submits.SubmitAsync(context, caller, JobKind.BackgroundRemoval, request, upload, submission, key, cancellationToken);
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}\\z")]
    private static partial Regex Colour();
}
