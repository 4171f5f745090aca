using System.Text.Json;
using System.Text.Json.Nodes;
using Ivg.Api.Errors;
using Ivg.Api.Lists;
using Ivg.Api.Sessions;
using Ivg.Core;
using Ivg.Core.Jobs;
using Ivg.Core.Queues;
using Microsoft.AspNetCore.Http.Features;

namespace Ivg.Api.Queues;

/// <summary>The operator's view of the queues, and pausing them.</summary>
internal static class QueuesApi
{
    public static void MapQueuesApi(this IEndpointRouteBuilder app)
    {
        var queues = app.MapGroup("/api/queues").WithTags("Queues").AddEndpointFilter(RequireOperatorAsync);
        queues.MapGet("/", ListAsync).WithName("ListQueues").WithSummary("The queues: depth, age, throughput, failures, workers");
        queues.MapPost("/sweep", SweepAsync).WithName("SweepQueues").WithSummary("Requeues stuck jobs now, as the sweeper does anyway");
        queues.MapPost("/{queue}/pause", PauseAsync).WithName("PauseQueue").WithSummary("Stops the start of jobs; running ones finish");
        queues.MapPost("/{queue}/resume", ResumeAsync).WithName("ResumeQueue").WithSummary("Ends a pause");
    }

    private static async Task<IResult> ListAsync(QueueMonitor monitor, CancellationToken cancellationToken) =>
        Page.Answer([.. (await monitor.ReadAllAsync(cancellationToken)).Select(View)], last: null);

    private static async Task<IResult> SweepAsync(JobSweeper sweeper, CancellationToken cancellationToken) =>
        Results.Json(await sweeper.SweepNowAsync(cancellationToken), IvgJson.Options);

    private static Task<IResult> PauseAsync(string queue, QueueMonitor monitor, CancellationToken cancellationToken) =>
        SetAsync(queue, paused: true, monitor, cancellationToken);

    private static Task<IResult> ResumeAsync(string queue, QueueMonitor monitor, CancellationToken cancellationToken) =>
        SetAsync(queue, paused: false, monitor, cancellationToken);

    private static async Task<IResult> SetAsync(string queue, bool paused, QueueMonitor monitor, CancellationToken cancellationToken) =>
        await monitor.SetPausedAsync(queue, paused, cancellationToken) is { } state
            ? Results.Json(View(state))
            : throw new ApiException(404, "not_found", "There is no such queue: they are ivg_generate and ivg_bg.");

    private static async ValueTask<object?> RequireOperatorAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        // Outside Development a caller is a platform only with a valid key.
        var http = context.HttpContext;
        return http.Features.GetRequiredFeature<Caller>().IsPlatform || http.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment()
            ? await next(context)
            : throw new ApiException(401, "platform_key_required", "The queues are the operator's: send Authorization: Bearer with a platform key.");
    }

    private static JsonNode View(QueueState state) => JsonSerializer.SerializeToNode(state, IvgJson.Options)!;
}
