using Ivg.Api.Images;
using Ivg.Core.History;
using Microsoft.AspNetCore.Mvc;

namespace Ivg.Api.Pages;

/// <summary>Asks before everything goes.</summary>
internal sealed class EraseModel(Eraser eraser, Renderings renderings) : WebPage
{
    public Task<IActionResult> OnPostAsync() => TakeAsync(
        async () =>
        {
            foreach (var image in await eraser.EraseAsync(Session, Aborted)) renderings.Forget(image);
            return "/history";
        },
        () => Task.FromResult<IActionResult>(Page()));
}
