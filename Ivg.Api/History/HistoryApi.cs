using System.Text.Json.Nodes;
using Ivg.Api.Errors;
using Ivg.Api.Images;
using Ivg.Api.Lists;
using Ivg.Api.Sessions;
using Ivg.Core.History;
using Ivg.Core.Images;

namespace Ivg.Api.History;

/// <summary>What the caller made.</summary>
internal static class HistoryApi
{
    public static void MapHistoryApi(this IEndpointRouteBuilder app)
    {
        var history = app.MapGroup("/api/history").WithTags("History");
        history.MapGet("/", ListAsync).WithName("ListHistory").WithSummary("The caller's finished work, newest first");
        history.MapDelete("/{historyId}", DeleteAsync).WithName("DeleteHistoryRow").WithSummary("Removes a row with its job and its images");
        history.MapDelete("/", EraseAsync).WithName("EraseHistory").WithSummary("Erases everything that the caller's session holds");
    }

    private static async Task<IResult> ListAsync(Caller caller, HistoryStore history, string? limit, string? cursor, CancellationToken cancellationToken)
    {
        var page = Page.Read(limit, cursor);
        var rows = await history.ListAsync(caller.Session, page.Before, page.Limit + 1, cancellationToken);
        return Page.Answer([.. rows.Take(page.Limit).Select(View)], rows.Count > page.Limit ? rows[page.Limit - 1].Row.HistoryId : null);
    }

    private static async Task<IResult> DeleteAsync(string historyId, Caller caller, Eraser eraser, Renderings renderings, CancellationToken cancellationToken)
    {
        var gone = Guid.TryParseExact(historyId, "D", out var id) ? await eraser.DeleteRowAsync(caller.Session, id, cancellationToken) : null;
        foreach (var image in gone ?? throw new ApiException(404, "not_found", "There is no such row in the history, or it is not yours.")) renderings.Forget(image);
        return Results.NoContent();
    }

    private static async Task<IResult> EraseAsync(Caller caller, Eraser eraser, Renderings renderings, CancellationToken cancellationToken)
    {
        foreach (var image in await eraser.EraseAsync(caller.Session, cancellationToken)) renderings.Forget(image);
        return Results.NoContent();
    }

    private static JsonObject View(HistoryItem item) => new()
    {
        ["history_id"] = item.Row.HistoryId,
        ["job_id"] = item.Row.JobId,
        ["kind"] = item.Row.Kind,
        ["created_at"] = item.Row.CreatedAt.UtcDateTime,
        ["style"] = item.Row.StyleId is null ? null : new JsonObject { ["style_id"] = item.Row.StyleId, ["name"] = item.Row.StyleName },
        ["prompt"] = item.Row.Prompt,
        ["settings"] = JsonNode.Parse(item.Row.Settings),
        ["source"] = item.Source is null ? null : View(item.Source),
        ["images"] = new JsonArray([.. item.Images.Select(View)]),
    };

    private static JsonObject View(Asset asset) => new()
    {
        ["image_id"] = asset.ImageId,
        ["url"] = $"/api/images/{asset.ImageId}",
        ["width"] = asset.Width,
        ["height"] = asset.Height,
        ["mime_type"] = asset.MimeType,
    };
}
