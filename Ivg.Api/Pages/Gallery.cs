using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ivg.Api.History;
using Ivg.Core.History;

namespace Ivg.Api.Pages;

/// <summary>A page of pictures by day.</summary>
internal sealed record Gallery(HistoryPage Page, HistoryFilter Filter, DateTimeOffset Now)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 24;

    // A row's settings also say how it went.
    private static readonly string[] Asked = ["source_style_id", "count", "aspect_ratio", "seed", "fast", "crop", "background"];

    // Razor escapes it for its attribute.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsEmpty => Page.Items.Count == 0 && Page.Next is null;

    /// <summary>The days, newest first.</summary>
    public IEnumerable<IGrouping<string, HistoryItem>> Days => Page.Items.GroupBy(item => PageWords.Day(item.Row.CreatedAt, Now));

    /// <summary>The address of what comes before these; null when there is nothing.</summary>
    public string? Older => Page.Next is null ? null : QueryString.Create(
        new[] { ("kind", Filter.Kind), ("style", Filter.StyleId), ("q", Filter.Text), ("cursor", Lists.Page.Encode(Page.Next)) }
            .Where(one => one.Item2 is not null).Select(one => KeyValuePair.Create(one.Item1, one.Item2))).ToString();

    /// <summary>What scripts know of a row: what came of what, and the request that asks for it again.</summary>
    public static string Describe(HistoryItem item)
    {
        var (row, view) = (item.Row, HistoryApi.View(item));
        var settings = view["settings"]!.AsObject();
        var request = new JsonObject(Asked.Where(settings.ContainsKey).Select(name => KeyValuePair.Create(name, settings[name]?.DeepClone())))
        {
            ["prompt"] = row.Prompt, ["style_id"] = row.StyleId, ["image_id"] = item.Source?.ImageId,
        };
        var before = item.Source is { } source ? Thumbnails.Url(source.ImageId) : (string?)settings["source_style_id"] is { } style ? $"/api/styles/{style}/reference" : null;
        return new JsonObject
        {
            ["job_id"] = row.JobId, ["kind"] = row.Kind, ["name"] = PageWords.Title(row.Kind, row.StyleName, row.Prompt), ["made"] = row.CreatedAt.UtcDateTime,
            ["images"] = view["images"]!.DeepClone(), ["before"] = before, ["provider"] = settings["provider"]?.DeepClone(), ["request"] = request,
        }.ToJsonString(Readable);
    }
}
