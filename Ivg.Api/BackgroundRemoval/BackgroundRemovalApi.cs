using System.Text.RegularExpressions;
using Ivg.Api.Errors;
using Ivg.Api.Jobs;
using Ivg.Api.Limits;
using Ivg.Api.Sessions;
using Ivg.Api.Slow;
using Ivg.Api.Uploads;
using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Jobs;

namespace Ivg.Api.BackgroundRemoval;

/// <summary>Starts background removals.</summary>
internal static partial class BackgroundRemovalApi
{
    public static void MapBackgroundRemovalApi(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/remove-background", SubmitAsync).WithName("SubmitBackgroundRemoval").WithTags("Background removal")
            .WithSummary("Starts a background removal").DisableAntiforgery().TakesUploads();

    private static async Task<IResult> SubmitAsync(
        HttpContext context, Caller caller, SubmissionReader reader, SourcePicker sources, SubmitService submits, ModelCatalogue catalogue,
        CancellationToken cancellationToken)
    {
        // Callers without a session are told so before their picture is read.
        _ = caller.Session;
        var submission = await reader.ReadAsync(context.Request);
        context.EndStage("received");
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
        return await submits.SubmitAsync(context, caller, JobKind.BackgroundRemoval, request, upload, submission, cancellationToken);
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}\\z")]
    private static partial Regex Colour();
}
