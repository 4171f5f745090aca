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

    // For whoever looks into a picture's making; the page shows none of it.
    private static readonly string[] Unshown = ["checks", "usage", "timings_ms", "model_version", "prompt_id", "seeds"];

    // Razor escapes it for its attribute.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsEmpty => Page.Items.Count == 0 && Page.Next is null;

    /// <summary>The days, newest first.</summary>
    public IEnumerable<IGrouping<string, HistoryItem>> Days => Page.Items.GroupBy(item => PageWords.Day(item.Row.CreatedAt, Now));

    /// <summary>The address of what comes before these; null when there is nothing.</summary>
    public string? Older => Page.Next is null ? null : QueryString.Create(
        new[] { ("kind", Filter.Kind), ("style", Filter.StyleId), ("q", Filter.Text), ("cursor", Lists.Page.Encode(Page.Next)) }
            .Where(one => one.Item2 is not null).Select(one => KeyValuePair.Create(one.Item1, one.Item2))).ToString();

    /// <summary>What scripts know of a row, as the API says it.</summary>
    public static string Describe(HistoryItem item)
    {
        var view = HistoryApi.View(item);
        foreach (var name in Unshown) ((JsonObject)view["settings"]!).Remove(name);
        return view.ToJsonString(Readable);
    }
}
