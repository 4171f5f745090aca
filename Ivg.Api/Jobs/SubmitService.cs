using Ivg.Api.Errors;
using Ivg.Api.Sessions;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Jobs;

/// <summary>Submits a job and answers: 202 at once, or 200 with the work done where tasks are not asynchronous.</summary>
internal sealed class SubmitService(JobSubmitter submitter, JobQueries queries, InlineJobs inline, IOptions<JobOptions> options)
{
    public async Task<IResult> SubmitAsync(
        HttpContext context, Caller caller, JobKind kind, object payload, SourceUpload? upload, byte[] hash, CancellationToken cancellationToken)
    {
        var submit = await submitter.SubmitAsync(new JobSubmission
        {
            SessionId = caller.Session,
            TenantId = caller.TenantId,
            Kind = kind,
            RequestId = context.TraceIdentifier,
            Payload = payload,
            Upload = upload,
            IdempotencyKey = Key(context.Request),
            RequestHash = hash,
        }, cancellationToken);
        if (submit.Outcome == SubmitOutcome.Mismatch)
            throw new ApiException(409, "idempotency_mismatch", "This Idempotency-Key was used for another request. Use a new key for a new request.");
        if (submit.Outcome == SubmitOutcome.QueueFull)
            throw new ApiException(429, "queue_full", $"{submit.Waiting} of your jobs are waiting already. Try again when some are done.") { RetryAfter = 5 };
        var job = submit.Job!;
        if (!options.Value.AsyncTasksEnabled) job = await inline.RunAsync(job, cancellationToken);
        context.Response.Headers.Location = $"/api/jobs/{job.JobId}";
        int? position = job.Status == "queued" ? await queries.PositionAsync(job, cancellationToken) : null;
        return Results.Json(JobView.Of(job, position), statusCode: options.Value.AsyncTasksEnabled ? 202 : 200);
    }

    private static string? Key(HttpRequest request)
    {
        if (request.Headers["Idempotency-Key"] is not { Count: > 0 } given) return null;
        var key = given.ToString();
        return key.Length is >= 1 and <= 128 && key.All(c => c is >= ' ' and <= '~')
            ? key
            : throw new ApiException(400, "invalid_request", "Idempotency-Key is 1 to 128 printable characters.");
    }
}
