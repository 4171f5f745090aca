using Ivg.Core.History;
using Ivg.Core.Images;

namespace Ivg.Api.Pages;

/// <summary>One picture, large, and what can be done with it.</summary>
internal sealed class PictureModel(HistoryStore history, AssetStore assets) : PicturePage(history, assets)
{
    public async Task OnGetAsync(string id)
    {
        await FindAsync(id);
        if (Shown is not null) return;
        HttpContext.Features.Set(Refusal.For(Expired()));
        Response.StatusCode = StatusCodes.Status410Gone;
    }
}
