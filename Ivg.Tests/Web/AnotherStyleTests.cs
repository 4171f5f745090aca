using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>A picture made before, taken up again for another style.</summary>
public sealed class AnotherStyleTests
{
    [Fact]
    public async Task AnotherStyle_OfAPictureMadeFromASample_OpensTheWorkshopWithTheSample()
    {
        await using var visit = await Visit.OpenAsync("/");
        var page = visit.Page;
        using var user = await visit.ClientAsync();
        var made = await user.FinishAsync(await user.SubmitAsync(
            "/api/variations", null, ("source_style_id", "ink-line"), ("style_id", "chalkboard"), ("prompt", "with snow")));
        // By the job's own link too, which needs no script.
        foreach (var (path, link) in new[] { ("/history", "[data-lightbox] [data-act=restyle]"), ($"/jobs/{made["job_id"]}", "a:has-text('Again with another style')") })
        {
            await page.GotoAsync(path);
            if (path == "/history") await page.Locator(".past").ClickAsync();
            await page.Locator(link).ClickAsync();
            Assert.True(await page.Locator("[data-chosen] img").EvaluateAsync<bool>("async image => { await image.decode(); return true; }"));
            await Assertions.Expect(page.Locator("textarea[name=prompt]")).ToHaveValueAsync("with snow");
        }
        await page.Locator("[data-submit]").ClickAsync();
        await page.Locator(".card[data-status=succeeded]").WaitForAsync();
        Assert.Equal("ink-line", (string?)(await user.GetJsonAsync("/api/jobs"))["items"]![0]!["request"]!["source_style_id"]);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task AnotherStyle_TakesThePicturesSettingsAndKeepsNoneOfTheForms()
    {
        await using var workshop = await Workshop.OpenAsync();
        var page = workshop.Page;
        await workshop.SubmitAsync("with snow");
        await workshop.FinishedCardAsync("succeeded");
        await page.ReloadAsync();
        await page.Locator(".more summary").ClickAsync();
        await page.Locator("[name=seed]").FillAsync("7");
        await page.Locator("[name=aspect_ratio]").SelectOptionAsync("1:1");
        await page.Locator("[name=fast]").CheckAsync();
        await page.Locator(".past").ClickAsync();
        await page.Locator("[data-lightbox] [data-act=restyle]").ClickAsync();
        await Assertions.Expect(page.Locator("[name=seed]")).ToHaveValueAsync("");
        await Assertions.Expect(page.Locator("[name=aspect_ratio]")).ToHaveValueAsync("auto");
        await Assertions.Expect(page.Locator("[name=fast]")).Not.ToBeCheckedAsync();
        await Assertions.Expect(page.Locator(".more[open]")).ToHaveCountAsync(0);
    }
}
