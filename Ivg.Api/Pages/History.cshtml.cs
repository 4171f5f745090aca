using Ivg.Api.History;
using Ivg.Core.History;
using Ivg.Core.Styles;

namespace Ivg.Api.Pages;

/// <summary>Everything that was made, by day; what is looked for stands in the address.</summary>
internal sealed class HistoryModel(HistoryStore history, StyleStore styles, TimeProvider time) : WebPage
{
    public Gallery Gallery { get; private set; } = null!;

    public IReadOnlyList<Style> Styles { get; private set; } = [];

    public async Task OnGetAsync(string? kind, string? style, string? q, string? cursor)
    {
        var (filter, page) = (HistoryApi.Filter(kind, style, q), Lists.Page.Read(null, cursor));
        Styles = await styles.ListAsync(Aborted);
        Gallery = new(await history.ListAsync(Session, filter, page.Before, Gallery.PageSize, Aborted), filter, time.GetUtcNow());
    }
}
