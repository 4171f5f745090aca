using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ivg.Hosting.Dashboard.Pages;

/// <summary>Contributed pages as JSON.</summary>
internal static class PageEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/api/pages");
        pages.MapGet("", (IEnumerable<DashboardPage> all) => all.Select(p => new { p.Name, p.Title }));
        pages.MapGet("/{name}", LoadAsync);
        pages.MapPost("/{name}", ExecuteAsync);
    }

    private static Task<IResult> LoadAsync(string name, IEnumerable<DashboardPage> all, CancellationToken cancellationToken)
        => all.FirstOrDefault(p => p.Name == name) is { } page
            ? AnswerAsync(
                async token =>
                {
                    var content = await page.Load(token);
                    return new { page.Title, content.Sections, content.Problem };
                },
                cancellationToken)
            : Task.FromResult<IResult>(TypedResults.NotFound());

    private static Task<IResult> ExecuteAsync(string name, string action, IEnumerable<DashboardPage> all, CancellationToken cancellationToken)
        => all.FirstOrDefault(p => p.Name == name) is { Execute: { } execute }
            ? AnswerAsync(async token => new { message = await execute(action, token) }, cancellationToken)
            : Task.FromResult<IResult>(TypedResults.NotFound());

    private static async Task<IResult> AnswerAsync(Func<CancellationToken, Task<object>> ask, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return TypedResults.Json(await ask(patience.Token));
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            // The code is the AppHost's: whatever it throws must not take the dashboard down.
            return TypedResults.Json(new { message = ex is OperationCanceledException ? "No answer in time." : ex.Message }, statusCode: StatusCodes.Status502BadGateway);
        }
    }
}
