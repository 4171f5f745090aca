using Ivg.Api.Jobs;
using Ivg.Api.Limits;
using Ivg.Api.Sessions;
using Ivg.Api.Slow;
using Ivg.Api.Uploads;

namespace Ivg.Api.BackgroundRemoval;

/// <summary>Starts background removals.</summary>
internal static class BackgroundRemovalApi
{
    public static void MapBackgroundRemovalApi(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/remove-background", SubmitAsync).WithName("SubmitBackgroundRemoval").WithTags("Background removal")
            .WithSummary("Starts a background removal").DisableAntiforgery().TakesUploads();

    private static async Task<IResult> SubmitAsync(
        HttpContext context, Caller caller, SubmissionReader reader, BackgroundRemovalSubmits removals, SubmitService submits, CancellationToken cancellationToken)
    {
        // Callers without a session are told so before their picture is read.
        _ = caller.Session;
        var submission = await reader.ReadAsync(context.Request);
        context.EndStage("received");
        return await submits.AnswerAsync(context, await removals.SubmitAsync(context, caller, submission, SubmitService.Key(context.Request), cancellationToken), cancellationToken);
    }
}
