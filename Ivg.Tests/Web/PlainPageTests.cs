using Ivg.Tests.Application;
using Ivg.Tests.Generation;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>The whole path in a browser that runs no script.</summary>
public sealed class PlainPageTests
{
    [Fact]
    public async Task WholePath_WithoutScript_FromThePictureToItsDeletion()
    {
        await using var visit = await Visit.OpenAsync("/", script: false);
        var page = visit.Page;
        await ChooseAsync(page, TestPictures.Png(320, 240));
        await page.Locator("label.tile", new PageLocatorOptions { HasText = "Chalkboard" }).ClickAsync();
        await page.Locator("textarea[name=prompt]").FillAsync("with snow & <stars>");
        await page.Locator("button[name=make][value=variation]").ClickAsync();
        await FinishedAsync(page, "succeeded");

        Assert.Matches("/jobs/[0-9a-f-]{36}$", page.Url);
        Assert.Equal("Chalkboard", await page.Locator("h1").TextContentAsync());
        Assert.Equal("Ready · Picture workshop · IVG", await page.TitleAsync());
        // Before and after.
        Assert.Equal(2, await page.Locator(".pair img").CountAsync());
        await page.Locator("nav a", new PageLocatorOptions { HasText = "All pictures" }).ClickAsync();
        await page.Locator(".past").ClickAsync();
        await Assertions.Expect(page.Locator("main .meta")).ToContainTextAsync("“with snow & <stars>”");
        await page.Locator(".actions a", new PageLocatorOptions { HasText = "Delete…" }).ClickAsync();
        await page.Locator("main button.danger").ClickAsync();
        await Assertions.Expect(page.Locator("[data-empty]")).ToBeVisibleAsync();
        Assert.EndsWith("/history", page.Url);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Cutout_WithoutScript_ByThePressedButtonAlone()
    {
        await using var visit = await Visit.OpenAsync("/", script: false);
        var page = visit.Page;
        await ChooseAsync(page, BackgroundRemoval.Drawn.Png(BackgroundRemoval.Drawn.Ball(320, 240)));
        await page.Locator("button[name=make][value=background_removal]").ClickAsync();
        await FinishedAsync(page, "succeeded");
        Assert.Equal("Background removed", await page.Locator("h1").TextContentAsync());

        // From there on to the same again, and to the result as a source.
        await page.Locator(".actions button", new PageLocatorOptions { HasText = "Again with the same settings" }).ClickAsync();
        await FinishedAsync(page, "succeeded");
        await page.Locator(".actions a", new PageLocatorOptions { HasText = "Use as source" }).First.ClickAsync();
        Assert.Equal(1, await page.Locator("[data-kept]").CountAsync());
    }

    [Fact]
    public async Task Sample_WithoutScript_IsMadeInAnotherStyle()
    {
        await using var visit = await Visit.OpenAsync("/", script: false);
        await visit.Page.Locator(".sample").First.ClickAsync();
        await FinishedAsync(visit.Page, "succeeded");
        Assert.Equal(2, await visit.Page.Locator(".pair img").CountAsync());
    }

    [Fact]
    public async Task WrongFile_WithoutScript_IsRefusedInWordsAndWhatWasTypedStays()
    {
        await using var visit = await Visit.OpenAsync("/", script: false);
        var page = visit.Page;
        await ChooseAsync(page, "no picture"u8.ToArray());
        await page.Locator("label.tile", new PageLocatorOptions { HasText = "Chalkboard" }).ClickAsync();
        await page.Locator("textarea[name=prompt]").FillAsync("with \"snow\"");
        await page.Locator(".count label", new PageLocatorOptions { HasText = "3" }).ClickAsync();
        var answer = await page.RunAndWaitForResponseAsync(() => page.Locator("button[name=make][value=variation]").ClickAsync(), response => response.Url.EndsWith("/make"));

        Assert.Equal(415, answer.Status);
        await Assertions.Expect(page.Locator("main > .trouble")).ToContainTextAsync("not a picture we can read");
        Assert.Equal("with \"snow\"", await page.Locator("textarea[name=prompt]").InputValueAsync());
        Assert.Equal("chalkboard", await page.Locator("[name=style_id]:checked").GetAttributeAsync("value"));
        Assert.Equal("3", await page.Locator("[name=count]:checked").GetAttributeAsync("value"));
    }

    [Fact]
    public async Task LargePhoto_WithoutScript_IsTaken()
    {
        var photo = BadPictures.StoredPng(2600, 2600);
        Assert.InRange(photo.Length, 19 << 20, 20 << 20);
        await using var visit = await Visit.OpenAsync("/", script: false);
        await ChooseAsync(visit.Page, photo);
        await visit.Page.Locator("button[name=make][value=variation]").ClickAsync();
        await FinishedAsync(visit.Page, "succeeded");
    }

    [Fact]
    public async Task FailedJob_WithoutScript_SaysWhyAndErasingGoesThroughAQuestion()
    {
        await using var visit = await Visit.OpenAsync("/", script: false);
        var page = visit.Page;
        await ChooseAsync(page, TestPictures.Png(320, 240));
        await page.Locator("textarea[name=prompt]").FillAsync("[[emulator:safety]]");
        await page.Locator("button[name=make][value=variation]").ClickAsync();
        await FinishedAsync(page, "failed");
        await Assertions.Expect(page.Locator("[data-code=content_blocked]")).ToContainTextAsync("refused this for safety");
        var job = page.Url;

        await page.GotoAsync("/history/erase");
        await page.Locator("main button.danger").ClickAsync();
        Assert.EndsWith("/history", page.Url);
        var gone = await page.GotoAsync(job);
        Assert.Equal(404, gone!.Status);
        await Assertions.Expect(page.Locator("[data-code=job_not_found]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task EveryPage_320PixelsWide_NeedsNoSidewaysScroll()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var job = await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(320, 240), ("prompt", new string('w', 300))));
        foreach (var script in new[] { true, false })
        {
            await using var visit = await Visit.OpenAsync("/", script, user.UserId, width: 320);
            foreach (var path in new[] { "/", "/history", "/history?q=nothing", $"/jobs/{job["job_id"]}", $"/pictures/{job["result"]!["image_id"]}", $"/pictures/{job["result"]!["image_id"]}/delete", "/history/erase", "/jobs/none" })
            {
                await visit.Page.GotoAsync(path);
                // Runs beside the page, also where the page itself may run nothing.
                var wide = await visit.Page.EvaluateAsync<string[]>("""
                    document.documentElement.scrollWidth <= 320 ? [] : [...document.querySelectorAll('body *')]
                      .filter(element => element.getBoundingClientRect().right > 320).map(element => element.outerHTML.slice(0, 120))
                    """);
                Assert.True(wide.Length == 0, $"{path}, with script: {script}: {string.Join('\n', wide)}");
            }
        }
    }

    private static Task ChooseAsync(IPage page, byte[] bytes) =>
        page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "picture.png", MimeType = "image/png", Buffer = bytes });

    // The page loads itself again until then.
    private static Task FinishedAsync(IPage page, string status) => page.Locator($".job[data-status={status}]").WaitForAsync();
}
