using Ivg.Api.Errors;
using Ivg.Api.Sessions;
using Ivg.Api.Slow;
using Ivg.Api.Uploads;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Ivg.Core.Webhooks;
using Ivg.ServiceDefaults.Correlation;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Jobs;

/// <summary>Submits a job: it comes back at once, or with the work done where tasks are not asynchronous.</summary>
internal sealed class SubmitService(
    JobSubmitter submitter, QueuePace pace, JobOutlooks outlooks, InlineJobs inline, JobNotifier notifier, CallbackUrls callbacks, IOptions<JobOptions> options)
{
    /// <summary>The job that an earlier submit of this key made, so that a repeat needs nothing of what the first one did; null when there is none.</summary>
    public async Task<Job?> RepeatAsync(HttpContext context, Caller caller, Submission submission, string? key, CancellationToken cancellationToken)
    {
        if (key is null || await submitter.FindRepeatAsync(caller.Session, key, submission.Hash, cancellationToken) is not { } repeat) return null;
        context.EndStage("found");
        return await TakeAsync(context, repeat, slot: null, cancellationToken);
    }

    public async Task<Job> SubmitAsync(
        HttpContext context, Caller caller, JobKind kind, object payload, SourceUpload? upload, Submission submission, string? key, CancellationToken cancellationToken)
    {
        using var slot = options.Value.AsyncTasksEnabled ? null : await inline.EnterAsync(kind, cancellationToken);
        var submit = await submitter.SubmitAsync(new JobSubmission
        {
            SessionId = caller.Session,
            TenantId = caller.TenantId,
            Kind = kind,
            RequestId = context.TraceIdentifier,
            Payload = payload,
            Upload = upload,
            IdempotencyKey = key,
            RequestHash = submission.Hash,
            CallbackUrl = CallbackUrl(submission, caller),
        }, cancellationToken);
        context.EndStage("stored");
        if (submit.Outcome is SubmitOutcome.QueueFull or SubmitOutcome.TenantFull)
        {
            var whose = submit.Outcome == SubmitOutcome.QueueFull ? "of your jobs" : "jobs of your tenant's users";
            throw new ApiException(429, "queue_full", $"{submit.Waiting} {whose} are waiting already. Try again when some have started.")
            {
                RetryAfter = await pace.RetryAfterAsync(submit.Outcome, caller.Session, caller.TenantId, cancellationToken),
            };
        }
        return await TakeAsync(context, submit, slot, cancellationToken);
    }

    private async Task<Job> TakeAsync(HttpContext context, SubmitResult submit, IDisposable? slot, CancellationToken cancellationToken)
    {
        if (submit.Outcome == SubmitOutcome.Mismatch)
            throw new ApiException(409, "idempotency_mismatch", "This Idempotency-Key was used for another request. Use a new key for a new request.");
        // Erased a moment ago, with all that its session held.
        var job = submit.Job ?? throw ApiException.JobNotFound();
        RequestScope.Of(context).Add(CorrelationNames.JobId, job.JobId.ToString());
        if (submit.Outcome == SubmitOutcome.Created) notifier.Changed(job);
        return options.Value.AsyncTasksEnabled ? job : await inline.RunAsync(job, slot, cancellationToken);
    }

    /// <summary>202 for a job that is under way, 200 for one whose work was done in the request.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, Job job, CancellationToken cancellationToken)
    {
        context.Response.Headers.Location = $"/api/jobs/{job.JobId}";
        return Results.Json(JobView.Of(job, await outlooks.OfAsync(job, cancellationToken)), statusCode: options.Value.AsyncTasksEnabled || !job.IsFinal ? 202 : 200);
    }

    private string? CallbackUrl(Submission submission, Caller caller)
    {
        if (submission.Text("callback_url", int.MaxValue) is not { } url) return null;
        var fault = caller.IsPlatform ? callbacks.Fault(url) : "Only a platform's calls are called back.";
        return fault is null ? url : throw new ApiException(400, "invalid_callback_url", fault) { Errors = new() { ["callback_url"] = [fault] } };
    }

    /// <summary>The request's <c>Idempotency-Key</c>; null when it has none.</summary>
    public static string? Key(HttpRequest request)
    {
        if (request.Headers["Idempotency-Key"] is not { Count: > 0 } given) return null;
        var key = given.ToString();
        return key.Length is >= 1 and <= 128 && key.All(c => c is >= ' ' and <= '~')
            ? key
            : throw new ApiException(400, "invalid_request", "Idempotency-Key is 1 to 128 printable characters.");
    }
}
