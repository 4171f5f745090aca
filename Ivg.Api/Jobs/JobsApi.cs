using System.Text.Json.Nodes;
using Ivg.Api.Errors;
using Ivg.Api.Lists;
using Ivg.Api.Sessions;
using Ivg.Core.Jobs;
using Ivg.Core.Webhooks;
using Ivg.ServiceDefaults.Correlation;

namespace Ivg.Api.Jobs;

/// <summary>Jobs: one, all of the caller's, and cancelling.</summary>
internal static class JobsApi
{
    public static void MapJobsApi(this IEndpointRouteBuilder app)
    {
        var jobs = app.MapGroup("/api/jobs").WithTags("Jobs").AddEndpointFilter(CorrelateAsync);
        jobs.MapGet("/", ListAsync).WithName("ListJobs").WithSummary("The caller's jobs, newest first");
        jobs.MapGet("/stream", SessionStreamEndpoint.StreamAsync).WithName("StreamJobs").WithSummary("All of the caller's jobs as server-sent events");
        jobs.MapGet("/{jobId}", GetAsync).WithName("GetJob").WithSummary("One job");
        jobs.MapGet("/{jobId}/stream", JobStreamEndpoint.StreamAsync).WithName("StreamJob").WithSummary("One job as server-sent events");
        jobs.MapPost("/{jobId}/cancel", CancelAsync).WithName("CancelJob").WithSummary("Cancels a job");
    }

    private static ValueTask<object?> CorrelateAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (context.GetRouteValue("jobId") is string text && Guid.TryParseExact(text, "D", out var jobId))
            RequestScope.Of(context).Add(CorrelationNames.JobId, jobId.ToString());
        return next(invocation);
    }

    private static async Task<IResult> ListAsync(
        Caller caller, JobQueries queries, JobOutlooks outlooks, string? status, string? kind, string? limit, string? cursor, CancellationToken cancellationToken)
    {
        var page = Page.Read(limit, cursor);
        if (status is not null && JobWords.ToStatus(status) is null) throw ApiException.InvalidField("status", "One of queued, running, succeeded, failed, cancelled.");
        if (kind is not null && JobWords.ToKind(kind) is null) throw ApiException.InvalidField("kind", "variation or background_removal.");
        var rows = await queries.ListAsync(caller.Session, JobWords.ToKind(kind), JobWords.ToStatus(status), page.Before, page.Limit + 1, cancellationToken);
        var jobs = rows.Take(page.Limit).ToList();
        var items = jobs.Zip(await outlooks.OfAsync(jobs, cancellationToken), JobView.Of).ToList<JsonNode>();
        return Page.Answer(items, rows.Count > page.Limit ? rows[page.Limit - 1].JobId : null);
    }

    private static async Task<IResult> GetAsync(
        string jobId, Caller caller, JobQueries queries, JobOutlooks outlooks, WebhookStore webhooks, CancellationToken cancellationToken)
    {
        var job = await FindAsync(jobId, caller, queries, cancellationToken);
        var view = JobView.Of(job, await outlooks.OfAsync(job, cancellationToken));
        if (job.CallbackUrl is { } url) view["callback"] = JobView.Callback(url, await webhooks.DeliveriesAsync(job.JobId, cancellationToken));
        return Results.Json(view);
    }

    private static async Task<IResult> CancelAsync(
        string jobId, Caller caller, JobCanceller canceller, JobQueries queries, JobOutlooks outlooks, CancellationToken cancellationToken)
    {
        var before = await FindAsync(jobId, caller, queries, cancellationToken);
        var after = await canceller.CancelAsync(caller.Session, before.JobId, cancellationToken) ?? throw ApiException.JobNotFound();
        if (after.IsFinal && !(after.Status == "cancelled" && !before.IsFinal))
            throw new ApiException(409, "job_finished", $"The job is over: {after.Status}.");
        return Results.Json(JobView.Of(after, await outlooks.OfAsync(after, cancellationToken)), statusCode: 202);
    }

    internal static async Task<Job> FindAsync(string jobId, Caller caller, JobQueries queries, CancellationToken cancellationToken) =>
        Guid.TryParseExact(jobId, "D", out var id) && await queries.FindAsync(caller.Session, id, cancellationToken) is { } job
            ? job
            : throw ApiException.JobNotFound();
}
