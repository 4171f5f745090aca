using Ivg.Api.BackgroundRemoval;
using Ivg.Api.Errors;
using Ivg.Api.Limits;
using Ivg.Api.Sessions;
using Ivg.Api.Slow;
using Ivg.Api.Uploads;
using Ivg.Api.Variations;
using Ivg.Core.Jobs;

namespace Ivg.Api.Pages;

/// <summary>Takes the workshop's form as a browser sends it by itself: a job for each picture, then on to where it is seen.</summary>
internal static class MakeEndpoint
{
    /// <summary>Where the form goes.</summary>
    public const string Path = "/make";

    private const int MostPictures = 8;

    private static readonly string[] OfVariation = ["image_id", "source_style_id", "style_id", "prompt", "count", "aspect_ratio", "fast", "seed"];
    private static readonly string[] OfRemoval = ["image_id", "crop", "background"];

    public static void MapMake(this IEndpointRouteBuilder app)
    {
        app.MapPost(Path, MakeAsync).DisableAntiforgery().TakesUploads(MostPictures).WithMetadata(WebPageMarker.Page);
        // Where a browser is that was shown the form again.
        app.MapGet(Path, () => Results.Redirect("/")).WithMetadata(WebPageMarker.Page);
    }

    private static async Task<IResult> MakeAsync(
        HttpContext context, Caller caller, SubmissionReader reader, FormTokens tokens, VariationSubmits variations, BackgroundRemovalSubmits removals,
        ApiExceptionHandler errors, CancellationToken cancellationToken)
    {
        var (fields, pictures) = await reader.ReadPageAsync(context.Request, MostPictures);
        context.EndStage("received");
        var refusal = new Refusal { Fields = fields };
        context.Features.Set(refusal);
        var token = fields.GetValueOrDefault(FormTokens.Field);
        tokens.Check(caller.Session, token);
        var isRemoval = (fields.GetValueOrDefault("make") ?? fields.GetValueOrDefault("kind")) == JobKind.BackgroundRemoval.Word();
        var wanted = Wanted(fields, isRemoval, pictures.Count > 0);
        var jobs = new List<Job>();
        foreach (var picture in pictures.DefaultIfEmpty(new SentPicture("", [])))
        {
            try
            {
                if (picture.Bytes is null) throw reader.TooLarge();
                var submission = Submission.Of(isRemoval ? "/api/remove-background" : "/api/variations", wanted, pictures.Count > 0 ? picture.Bytes : null);
                // The form's own number and what was sent: pressing twice is one wish, and changing something makes it another.
                var key = $"page {token!.Split('.')[1]} {Convert.ToHexStringLower(submission.Hash.AsSpan(0, 16))}";
                jobs.Add(isRemoval
                    ? await removals.SubmitAsync(context, caller, submission, key, cancellationToken)
                    : await variations.SubmitAsync(context, caller, submission, key, cancellationToken));
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                refusal.Problems.Add((pictures.Count > 1 ? picture.Name : null, errors.Describe(e)));
            }
        }
        if (refusal.Problems.Count > 0) throw refusal.Problems[0].Problem;
        return SeeOther(context, jobs.Count == 1 ? JobModel.Address(jobs[0].JobId) : "/");
    }

    // What the kind asks for, without what was left empty.
    private static Dictionary<string, string> Wanted(Dictionary<string, string> fields, bool isRemoval, bool hasPicture)
    {
        var wanted = (isRemoval ? OfRemoval : OfVariation).Where(name => fields.GetValueOrDefault(name) is { Length: > 0 })
            .ToDictionary(name => name, name => fields[name].Trim());
        // A picture kept from before gives way to one that was chosen since.
        if (hasPicture) foreach (var kept in new[] { "image_id", "source_style_id" }) wanted.Remove(kept);
        if (isRemoval && fields.GetValueOrDefault("behind") == "colour") wanted["background"] = fields.GetValueOrDefault("colour", "");
        return wanted;
    }

    private static IResult SeeOther(HttpContext context, string address)
    {
        context.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
