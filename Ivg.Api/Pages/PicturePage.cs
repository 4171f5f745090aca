using System.Text.Json.Nodes;
using Ivg.Api.Errors;
using Ivg.Core.History;
using Ivg.Core.Images;

namespace Ivg.Api.Pages;

/// <summary>A page about one picture, by its id or by that of the row which it was made with.</summary>
internal abstract class PicturePage(HistoryStore history, AssetStore assets) : WebPage
{
    private HistoryItem? _item;

    public Guid Id { get; private set; }

    /// <summary>The picture; null when it is no longer kept.</summary>
    public Asset? Shown { get; private set; }

    /// <summary>The row it was made with; null for an upload.</summary>
    public HistoryRow? Row => _item?.Row;

    /// <summary>It and what else came of the same job.</summary>
    public IReadOnlyList<Asset> Siblings => _item?.Images ?? [];

    public DateTimeOffset MadeAt => Row?.CreatedAt ?? Shown!.CreatedAt;

    public string Title => Row is null ? "An original of yours" : PageWords.Title(Row.Kind, Row.StyleName, Row.Prompt);

    /// <summary>The provider or model that made it.</summary>
    public string? MadeBy { get; private set; }

    protected async Task FindAsync(string id)
    {
        if (!Guid.TryParseExact(id, "D", out var given)) throw ApiException.ImageNotFound();
        Id = given;
        _item = await history.FindAsync(Session, given, Aborted);
        var asset = await assets.FindAsync(Session, given, Aborted);
        if (Row is not null)
        {
            var settings = JsonNode.Parse(Row.Settings)!;
            MadeBy = (string?)settings["provider"] == "offline" ? "offline" : (string?)settings["model"];
        }
        if (_item is null && asset is null) throw ApiException.ImageNotFound();
        if (_item is null && asset!.ExpiredAt is not null) throw Expired();
        Shown = asset is { ExpiredAt: null } ? asset : given == Row?.HistoryId && Siblings.Count > 0 ? Siblings[0] : null;
    }

    protected static ApiException Expired() => new(410, "image_expired", "The picture was removed after its time.");
}
