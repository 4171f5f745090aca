using System.Runtime.CompilerServices;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Orchestration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ivg.Hosting.Dashboard.Resources;

/// <summary>Resources as JSON, and commands to them.</summary>
internal static class ResourceEndpoints
{
    private static readonly TimeSpan BetweenUpdates = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromSeconds(2);

    public static void MapResources(this IEndpointRouteBuilder app)
    {
        var resources = app.MapGroup("/api/resources");
        resources.MapGet("", (ResourceViews views) => views.Rows());
        resources.MapGet("/stream", (ResourceNotificationService notifications, ResourceViews views, CancellationToken cancellationToken)
            => TypedResults.ServerSentEvents(WatchRows(notifications, views, cancellationToken), "resources"));
        resources.MapGet("/{id}", DetailsAsync);
        resources.MapPost("/{id}/replicas", ScaleAsync);
        // Names of commands may have a slash in them.
        resources.MapPost("/{id}/{**command}", ExecuteAsync);
    }

    private static async Task<IResult> DetailsAsync(
        string id, ResourceNotificationService notifications, ResourceViews views, SecretMask mask, CancellationToken cancellationToken)
        => notifications.TryGetCurrentState(id, out var update)
            ? TypedResults.Json(ResourceDetails.From(update, views, await mask.SecretsAsync(cancellationToken)))
            : TypedResults.NotFound();

    private static async Task<IResult> ExecuteAsync(string id, string command, ResourceCommandService commands)
    {
        // Not the request's token: a restart goes on when the page is closed in the middle of it.
        var result = await commands.ExecuteCommandAsync(id, command, CancellationToken.None);
        return Outcome(result.Success, result.Canceled ? "Cancelled." : result.Message);
    }

    private static async Task<IResult> ScaleAsync(string id, int count, InstanceRegistry instances, ReplicaScaler scaler)
    {
        if (instances.Find(id) is not [var first, ..])
            return TypedResults.NotFound();
        try
        {
            await scaler.ScaleAsync(first.Instance.Resource, count, CancellationToken.None);
            return Outcome(success: true, message: null);
        }
        catch (DistributedApplicationException ex)
        {
            return Outcome(success: false, ex.Message);
        }
    }

    private static JsonHttpResult<CommandOutcome> Outcome(bool success, string? message)
        => TypedResults.Json(new CommandOutcome(message), statusCode: success ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static async IAsyncEnumerable<IReadOnlyList<ResourceRow>> WatchRows(
        ResourceNotificationService notifications, ResourceViews views, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Changes come many at a time; one picture after the first of them shows all.
        using var changed = new SemaphoreSlim(0, 1);
        var watching = SignalAsync(notifications, changed, cancellationToken);
        while (!watching.IsCompleted)
        {
            await changed.WaitAsync(BetweenSamples, cancellationToken);
            yield return views.Rows();
            await Task.Delay(BetweenUpdates, cancellationToken);
        }
    }

    private static async Task SignalAsync(ResourceNotificationService notifications, SemaphoreSlim changed, CancellationToken cancellationToken)
    {
        await foreach (var _ in notifications.WatchAsync(cancellationToken))
            if (changed.CurrentCount == 0)
                changed.Release();
    }

    private sealed record CommandOutcome(string? Message);
}
