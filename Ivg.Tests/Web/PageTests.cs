using System.Text.RegularExpressions;
using Ivg.Tests.Generation;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>What a person does on the page, in a real browser.</summary>
public sealed partial class PageTests
{
    [Fact]
    public async Task Variation_ByMouse_IsMadeShownAndKept()
    {
        await using var workshop = await Workshop.OpenAsync();
        var page = workshop.Page;
        await workshop.ChooseAsync(TestPictures.Png(320, 240));
        await page.Locator(".tile", new PageLocatorOptions { HasText = "Chalkboard" }).ClickAsync();
        await page.Locator("textarea[name=prompt]").FillAsync("with snow");
        await page.Locator(".count label", new PageLocatorOptions { HasText = "2" }).ClickAsync();
        await page.Locator("[data-submit]").ClickAsync();
        var card = await workshop.FinishedCardAsync("succeeded");

        Assert.Equal("Ready", await card.Locator("[data-stage]").TextContentAsync());
        Assert.True(await LoadedAsync(card.Locator(".compare .after")));
        Assert.Equal(2, await card.Locator(".siblings img").CountAsync());
        var download = await page.RunAndWaitForDownloadAsync(() => card.Locator("[data-download]").ClickAsync());
        Assert.EndsWith(".png", download.SuggestedFilename);
        var past = page.Locator("[data-days] .past");
        await past.First.WaitForAsync();
        await page.ReloadAsync();
        await past.First.ClickAsync();
        await Assertions.Expect(page.Locator("[data-lightbox]")).ToBeVisibleAsync();
        Assert.Empty(workshop.Complaints);
    }

    [Fact]
    public async Task Cutout_ByMouse_IsMadeAndShownOnEachGround()
    {
        await using var workshop = await Workshop.OpenAsync();
        var page = workshop.Page;
        await workshop.ChooseAsync(BackgroundRemoval.Drawn.Png(BackgroundRemoval.Drawn.Ball(320, 240)));
        await page.Locator(".switch label", new PageLocatorOptions { HasText = "Remove background" }).ClickAsync();
        await page.Locator("[data-submit]").ClickAsync();
        var card = await workshop.FinishedCardAsync("succeeded");
        await card.Locator("[data-behind] label", new LocatorLocatorOptions { HasText = "Black" }).ClickAsync();

        Assert.Equal("black", await card.Locator("[data-stage-box]").GetAttributeAsync("data-on"));
        Assert.True(await LoadedAsync(card.Locator("[data-stage-box] img").Last));
        Assert.Empty(workshop.Complaints);
    }

    [Fact]
    public async Task Variation_ByKeyboardAlone_IsMade()
    {
        await using var workshop = await Workshop.OpenAsync();
        var page = workshop.Page;
        // The system's file dialog is no part of the page; one of our own pictures is chosen instead.
        await TabToAsync(page, ".sample");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-chosen] li").First.WaitForAsync();
        await TabToAsync(page, "input[name=style_id]");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.NotEqual("0", await page.EvaluateAsync<string>("String([...document.querySelectorAll('input[name=style_id]')].findIndex(radio => radio.checked))"));
        await TabToAsync(page, "textarea[name=prompt]");
        await page.Keyboard.TypeAsync("with stars");
        await TabToAsync(page, "[data-submit]");
        await page.Keyboard.PressAsync("Enter");
        var card = await workshop.FinishedCardAsync("succeeded");

        await TabToAsync(page, ".card [data-download]");
        Assert.True(await LoadedAsync(card.Locator("[data-stage-box] img").Last));
        Assert.Empty(workshop.Complaints);
    }

    [Fact]
    public async Task BadFile_IsRefusedInWordsAndTheFormGoesOn()
    {
        await using var workshop = await Workshop.OpenAsync();
        var page = workshop.Page;
        var trouble = page.Locator("[data-form-trouble]");
        await page.Locator("[data-submit]").ClickAsync();
        await Assertions.Expect(trouble).ToContainTextAsync("no picture yet");
        await workshop.ChooseAsync("no picture"u8.ToArray());
        await page.Locator("[data-submit]").ClickAsync();
        await Assertions.Expect(trouble).ToContainTextAsync("not a picture we can read");
        Assert.Equal("alert", await trouble.GetAttributeAsync("role"));
        await page.Locator("[data-remove]").ClickAsync();
        await workshop.ChooseAsync(TestPictures.Png(300, 200)[..400]);
        await page.Locator("[data-submit]").ClickAsync();
        await Assertions.Expect(trouble).ToContainTextAsync("damaged");
        await page.Locator("[data-remove]").ClickAsync();
        await workshop.ChooseAsync(TestPictures.Png(300, 200));
        await page.Locator("[data-submit]").ClickAsync();
        await workshop.FinishedCardAsync("succeeded");
        Assert.Equal("", await trouble.TextContentAsync());
        // The browser itself logs an answer that is no success; anything else would be ours.
        Assert.All(workshop.Complaints, complaint => Assert.Matches(Refusal(), complaint));
    }

    [Fact]
    public async Task FailedJob_SaysWhyAndOffersToTryAgain()
    {
        await using var workshop = await Workshop.OpenAsync();
        var page = workshop.Page;
        await workshop.ChooseAsync(TestPictures.Png(320, 240));
        await page.Locator("textarea[name=prompt]").FillAsync("[[emulator:safety]]");
        await page.Locator("[data-submit]").ClickAsync();
        var card = await workshop.FinishedCardAsync("failed");

        await Assertions.Expect(card.Locator("[data-trouble]")).ToContainTextAsync("refused this for safety");
        await Assertions.Expect(card.Locator("[data-again]")).ToBeVisibleAsync();
        Assert.Equal(0, await card.Locator("[data-stage-box]").CountAsync());
        Assert.Empty(workshop.Complaints);
    }

    [Fact]
    public async Task Page_WhatItOffersToRead_IsWhatTheServiceReads()
    {
        await using var workshop = await Workshop.OpenAsync();
        var accepted = (await workshop.Page.Locator("#file").GetAttributeAsync("accept"))!.Split(',');
        var hint = (await workshop.Page.Locator("#file-hint").TextContentAsync())!;

        Assert.Equal(["image/png", "image/jpeg", "image/webp", "image/gif", "image/tiff", "image/avif"], accepted);
        Assert.All(accepted, type => Assert.Contains(type["image/".Length..], hint, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("HEIC", hint);
        Assert.DoesNotContain("BMP", hint);
    }

    [Fact]
    public async Task Pictures_PastedAndDroppedAnywhere_AreChosen()
    {
        await using var workshop = await Workshop.OpenAsync();
        var page = workshop.Page;
        var (veil, names) = (page.Locator("[data-veil]"), page.Locator("[data-chosen] .chosen-name"));
        // Into a field of text it is the field's.
        await BringAsync(page, "textarea", "paste", "not-meant.png");
        await BringAsync(page, "body", "paste", "pasted.png");
        await Assertions.Expect(names).ToHaveTextAsync(["pasted.png"]);
        await BringAsync(page, "[data-history]", "dragover", "dropped.png");
        await Assertions.Expect(veil).ToBeVisibleAsync();
        await BringAsync(page, "[data-history]", "drop", "dropped.png");
        await Assertions.Expect(veil).ToBeHiddenAsync();
        await Assertions.Expect(names).ToHaveTextAsync(["pasted.png", "dropped.png"]);
        foreach (var image in await page.Locator("[data-chosen] img").AllAsync()) Assert.True(await LoadedAsync(image));
        await page.Locator("[data-submit]").ClickAsync();
        await Assertions.Expect(page.Locator(".card[data-status=succeeded]")).ToHaveCountAsync(2);
        Assert.Empty(workshop.Complaints);
    }

    // A picture comes the way that the event says.
    private static async Task BringAsync(IPage page, string place, string type, string name) => await page.EvaluateAsync("""
        ([place, type, name, base64]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(base64), one => one.charCodeAt(0))], name, { type: 'image/png' }));
          const how = { bubbles: true, cancelable: true, clipboardData: data, dataTransfer: data };
          document.querySelector(place).dispatchEvent(type === 'paste' ? new ClipboardEvent(type, how) : new DragEvent(type, how));
        }
        """, new[] { place, type, name, Convert.ToBase64String(TestPictures.Png(64, 48)) });

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var press = 0; press < 120; press++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector)) return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"{selector} cannot be reached with the Tab key.");
    }

    private static async Task<bool> LoadedAsync(ILocator image)
    {
        await image.WaitForAsync();
        return await image.EvaluateAsync<bool>("async image => { await image.decode(); return image.naturalWidth > 0; }");
    }

    [GeneratedRegex("Failed to load resource: the server responded with a status of 4(15|22)")]
    private static partial Regex Refusal();
}
