using Ivg.Api.Images;
using Ivg.Core.History;
using Ivg.Core.Images;
using Microsoft.AspNetCore.Mvc;

namespace Ivg.Api.Pages;

/// <summary>Asks before a picture goes. The last of its row takes the row and its original along.</summary>
internal sealed class PictureDeleteModel(HistoryStore history, AssetStore assets, Eraser eraser, Renderings renderings) : PicturePage(history, assets)
{
    public Task OnGetAsync(string id) => FindAsync(id);

    public Task<IActionResult> OnPostAsync(string id) => TakeAsync(
        async () =>
        {
            await FindAsync(id);
            var gone = Row is { } row && (Shown is null || Siblings.Count <= 1)
                ? await eraser.DeleteRowAsync(Session, row.HistoryId, Aborted)
                : await eraser.DeleteImageAsync(Session, Shown!.ImageId, Aborted) is { } image ? [image] : null;
            foreach (var sha256 in gone ?? []) renderings.Forget(sha256);
            return "/history";
        },
        async () =>
        {
            await FindAsync(id);
            return Page();
        });
}
