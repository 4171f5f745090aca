using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ivg.Hosting.Dashboard;

/// <summary>The page, and what its script asks for.</summary>
internal static class DashboardEndpoints
{
    private static readonly TimeSpan BetweenUpdates = TimeSpan.FromMilliseconds(150);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/login", Login);
        app.MapGet("/", () => Asset("index.html", "text/html; charset=utf-8"));
        app.MapGet("/dashboard.js", () => Asset("dashboard.js", "text/javascript; charset=utf-8"));
        app.MapGet("/dashboard.css", () => Asset("dashboard.css", "text/css; charset=utf-8"));
        app.MapGet("/api/resources", (ResourceNotificationService notifications) => Rows(notifications));
        app.MapGet("/api/resources/stream", (ResourceNotificationService notifications, CancellationToken cancellationToken)
            => TypedResults.ServerSentEvents(WatchRows(notifications, cancellationToken), "resources"));
        app.MapGet("/api/resources/{id}/console", (string id, ResourceLoggerService consoles)
            => TypedResults.ServerSentEvents(consoles.WatchAsync(id), "lines"));
        app.MapPost("/api/resources/{id}/{command}", ExecuteAsync);
    }

    private static IResult Login(string? t, DashboardAddress address, Terminal terminal, HttpContext context)
    {
        if (address.Redeem(t) is not { } cookie)
            return TypedResults.Text("This link was used already, or is not of this run. The terminal shows the one that works.\n", statusCode: StatusCodes.Status401Unauthorized);

        context.Response.Cookies.Append(address.CookieName, cookie, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true });
        terminal.WriteLine($"Dashboard opened. For another browser: {address.LoginUrl}");
        return TypedResults.LocalRedirect("/");
    }

    private static async Task<IResult> ExecuteAsync(string id, string command, ResourceCommandService commands)
    {
        // Not the request's token: a restart goes on when the page is closed in the middle of it.
        var result = await commands.ExecuteCommandAsync(id, command, CancellationToken.None);
        return result.Success ? TypedResults.NoContent() : TypedResults.Json(new { message = result.Message }, statusCode: StatusCodes.Status400BadRequest);
    }

    private static async IAsyncEnumerable<IReadOnlyList<ResourceRow>> WatchRows(
        ResourceNotificationService notifications, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Changes come many at a time; one picture after the first of them shows all.
        using var changed = new SemaphoreSlim(0, 1);
        var watching = SignalAsync(notifications, changed, cancellationToken);
        while (!watching.IsCompleted)
        {
            await changed.WaitAsync(cancellationToken);
            yield return Rows(notifications);
            await Task.Delay(BetweenUpdates, cancellationToken);
        }
    }

    private static async Task SignalAsync(ResourceNotificationService notifications, SemaphoreSlim changed, CancellationToken cancellationToken)
    {
        await foreach (var _ in notifications.WatchAsync(cancellationToken))
            if (changed.CurrentCount == 0)
                changed.Release();
    }

    private static IReadOnlyList<ResourceRow> Rows(ResourceNotificationService notifications)
        => [.. notifications.All.OrderBy(e => e.Resource is ParameterResource).ThenBy(e => e.Snapshot.CreationTimeStamp).ThenBy(e => e.ResourceId, StringComparer.Ordinal).Select(ResourceRow.From)];

    private static FileStreamHttpResult Asset(string name, string contentType)
        => TypedResults.Stream(typeof(DashboardEndpoints).Assembly.GetManifestResourceStream($"Ivg.Hosting.Dashboard.Assets.{name}")!, contentType);
}
