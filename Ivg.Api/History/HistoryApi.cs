using System.Text.Json.Nodes;
using Ivg.Api.Errors;
using Ivg.Api.Images;
using Ivg.Api.Lists;
using Ivg.Api.Sessions;
using Ivg.Core.History;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Ivg.Core.Styles;
using Microsoft.AspNetCore.Mvc;

namespace Ivg.Api.History;

/// <summary>What the caller made.</summary>
internal static class HistoryApi
{
    private const int LongestText = 200;

    public static void MapHistoryApi(this IEndpointRouteBuilder app)
    {
        var history = app.MapGroup("/api/history").WithTags("History");
        history.MapGet("/", ListAsync).WithName("ListHistory").WithSummary("The caller's finished work, newest first");
        history.MapDelete("/{historyId}", DeleteAsync).WithName("DeleteHistoryRow").WithSummary("Removes a row with its job and its images");
        history.MapDelete("/", EraseAsync).WithName("EraseHistory").WithSummary("Erases everything that the caller's session holds");
    }

    /// <summary>What to look for, as an address says it; a name that is empty, as a form sends those left out, does not matter.</summary>
    internal static HistoryFilter Filter(string? kind, string? style, string? text)
    {
        if (kind is { Length: > 0 } && JobWords.ToKind(kind) is null) throw ApiException.InvalidField("kind", "variation or background_removal.");
        if (style is { Length: > 0 } && !StyleIds.IsValid(style)) throw ApiException.InvalidField("style_id", "A style's id; GET /api/styles lists them.");
        if (text is { Length: > LongestText } || text?.Contains('\0', StringComparison.Ordinal) == true) throw ApiException.InvalidField("q", $"At most {LongestText} characters.");
        return new HistoryFilter(Given(kind), Given(style), Given(text?.Trim()));
    }

    internal static JsonObject View(HistoryItem item) => new()
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

    private static async Task<IResult> ListAsync(
        Caller caller, HistoryStore history, string? kind, [FromQuery(Name = "style_id")] string? styleId, string? q, string? limit, string? cursor,
        CancellationToken cancellationToken)
    {
        var page = Page.Read(limit, cursor);
        var found = await history.ListAsync(caller.Session, Filter(kind, styleId, q), page.Before, page.Limit, cancellationToken);
        return Page.Answer([.. found.Items.Select(View)], found.Next);
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

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static JsonObject View(Asset asset) => new()
    {
        ["image_id"] = asset.ImageId,
        ["url"] = $"/api/images/{asset.ImageId}",
        ["width"] = asset.Width,
        ["height"] = asset.Height,
        ["mime_type"] = asset.MimeType,
    };
}
