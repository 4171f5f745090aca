using Ivg.Api.Jobs;
using Ivg.Api.Limits;
using Ivg.Api.Sessions;
using Ivg.Api.Slow;
using Ivg.Api.Uploads;

namespace Ivg.Api.Variations;

/// <summary>Starts variations.</summary>
internal static class VariationsApi
{
    public static void MapVariationsApi(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/variations", SubmitAsync).WithName("SubmitVariation").WithTags("Variations").WithSummary("Starts a variation")
            .DisableAntiforgery().TakesUploads();

    private static async Task<IResult> SubmitAsync(
        HttpContext context, Caller caller, SubmissionReader reader, VariationSubmits variations, SubmitService submits, CancellationToken cancellationToken)
    {
        // Callers without a session are told so before their picture is read.
        _ = caller.Session;
        var submission = await reader.ReadAsync(context.Request);
        context.EndStage("received");
        return await submits.AnswerAsync(context, await variations.SubmitAsync(context, caller, submission, SubmitService.Key(context.Request), cancellationToken), cancellationToken);
    }
}
