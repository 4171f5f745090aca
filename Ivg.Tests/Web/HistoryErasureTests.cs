using Ivg.Tests.Application;
using Ivg.Tests.Generation;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>Letting things go: one with a way back, everything only when asked twice.</summary>
public sealed class HistoryErasureTests
{
    [Fact]
    public async Task Delete_CanBeTakenBackAndIsDoneWhenThePageIsLeft()
    {
        await using var visit = await Visit.OpenAsync("/history");
        var page = visit.Page;
        using var user = await visit.ClientAsync();
        await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64)));
        await page.ReloadAsync();
        await DeleteAsync(page);
        await Assertions.Expect(page.Locator("[data-empty]")).ToBeVisibleAsync();
        await page.Locator("[data-undo] button").ClickAsync();
        await Assertions.Expect(page.Locator(".past")).ToBeVisibleAsync();
        await page.ReloadAsync();
        Assert.Single((await user.GetJsonAsync("/api/history"))["items"]!.AsArray());

        await DeleteAsync(page);
        await page.GotoAsync("/api/health");
        await Until.TrueAsync(async () => (await user.GetJsonAsync("/api/history"))["items"]!.AsArray().Count == 0, IvgClient.Patience, "the row to go");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Erase_WithScript_AsksInItsPlaceFirst()
    {
        await using var visit = await Visit.OpenAsync("/");
        var page = visit.Page;
        using var user = await visit.ClientAsync();
        await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64)));
        await page.ReloadAsync();
        await page.Locator("[data-erase]").ClickAsync();
        await page.Locator("[data-confirm] [value=keep]").ClickAsync();
        await Assertions.Expect(page.Locator(".past")).ToBeVisibleAsync();
        await page.Locator("[data-erase]").ClickAsync();
        await page.Locator("[data-confirm] [value=go]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-empty]")).ToBeVisibleAsync();
        Assert.Empty((await user.GetJsonAsync("/api/history"))["items"]!.AsArray());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Erase_WhileAJobRuns_LeavesNoCardInAnyTab()
    {
        await using var workshop = await Workshop.OpenAsync();
        var page = workshop.Page;
        await workshop.SubmitAsync();
        await workshop.FinishedCardAsync("succeeded");
        var other = await workshop.OpenTabAsync();
        await workshop.SubmitAsync("[[emulator:silence]]");
        // Of both pictures: the first stays chosen.
        foreach (var tab in new[] { page, other }) await Assertions.Expect(tab.Locator(".card[data-status=running]")).ToHaveCountAsync(2);
        await page.Locator("[data-erase]").ClickAsync();
        await page.Locator("[data-confirm] [value=go]").ClickAsync();
        foreach (var tab in new[] { page, other })
        {
            await Assertions.Expect(tab.Locator(".card")).ToHaveCountAsync(0);
            await Assertions.Expect(tab.Locator("[data-making]")).ToBeHiddenAsync();
            await Assertions.Expect(tab).ToHaveTitleAsync("Picture workshop · IVG");
        }
        Assert.Empty(workshop.Complaints);
    }

    private static async Task DeleteAsync(IPage page)
    {
        await page.Locator(".past").ClickAsync();
        await page.Locator("[data-lightbox] [data-act=delete]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-undo]")).ToBeVisibleAsync();
    }
}
