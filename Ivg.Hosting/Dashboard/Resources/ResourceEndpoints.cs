using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
        resources.MapGet("", (ResourceNotificationService notifications, UsageSampler sampler) => Rows(notifications, sampler));
        resources.MapGet("/stream", (ResourceNotificationService notifications, UsageSampler sampler, CancellationToken cancellationToken)
            => TypedResults.ServerSentEvents(WatchRows(notifications, sampler, cancellationToken), "resources"));
        resources.MapGet("/{id}", DetailsAsync);
        resources.MapPost("/{id}/{command}", ExecuteAsync);
    }

    private static async Task<IResult> DetailsAsync(
        string id, ResourceNotificationService notifications, DistributedApplicationModel model, UsageSampler sampler, SecretMask mask, CancellationToken cancellationToken)
        => notifications.TryGetCurrentState(id, out var update)
            ? TypedResults.Json(ResourceDetails.From(update, model, sampler, await mask.SecretsAsync(cancellationToken)))
            : TypedResults.NotFound();

    private static async Task<IResult> ExecuteAsync(string id, string command, ResourceCommandService commands)
    {
        // Not the request's token: a restart goes on when the page is closed in the middle of it.
        var result = await commands.ExecuteCommandAsync(id, command, CancellationToken.None);
        return result.Success
            ? TypedResults.Json(new { message = result.Message })
            : TypedResults.Json(new { message = result.Message }, statusCode: StatusCodes.Status400BadRequest);
    }

    private static async IAsyncEnumerable<IReadOnlyList<ResourceRow>> WatchRows(
        ResourceNotificationService notifications, UsageSampler sampler, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Changes come many at a time; one picture after the first of them shows all.
        using var changed = new SemaphoreSlim(0, 1);
        var watching = SignalAsync(notifications, changed, cancellationToken);
        while (!watching.IsCompleted)
        {
            await changed.WaitAsync(BetweenSamples, cancellationToken);
            yield return Rows(notifications, sampler);
            await Task.Delay(BetweenUpdates, cancellationToken);
        }
    }

    private static async Task SignalAsync(ResourceNotificationService notifications, SemaphoreSlim changed, CancellationToken cancellationToken)
    {
        await foreach (var _ in notifications.WatchAsync(cancellationToken))
            if (changed.CurrentCount == 0)
                changed.Release();
    }

    private static IReadOnlyList<ResourceRow> Rows(ResourceNotificationService notifications, UsageSampler sampler)
        => [.. notifications.All.OrderBy(e => e.Resource is ParameterResource).ThenBy(e => e.Snapshot.CreationTimeStamp).ThenBy(e => e.ResourceId, StringComparer.Ordinal)
            .Select(e => ResourceRow.From(e, sampler))];
}
