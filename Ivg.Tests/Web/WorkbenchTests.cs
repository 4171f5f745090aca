using Ivg.Tests.Generation;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>Sending, comparing and going on from what was made.</summary>
public sealed class WorkbenchTests
{
    [Fact]
    public async Task Several_pictures_become_several_jobs_and_what_was_not_taken_stays()
    {
        await using var workshop = await Workshop.OpenAsync();
        var page = workshop.Page;
        await page.Locator("#file").SetInputFilesAsync(
        [
            File("one.png", TestPictures.Png(64, 48)), File("two.png", "no picture"u8.ToArray()), File("three.png", TestPictures.Png(48, 64)),
        ]);
        await Assertions.Expect(page.Locator("[data-submit]")).ToHaveTextAsync("Make a variation of 3 pictures");
        await page.Locator("[data-submit]").ClickAsync();
        await Assertions.Expect(page.Locator(".card[data-status=succeeded]")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("[data-form-trouble]")).ToContainTextAsync("two.png: This file is not a picture we can read.");
        await Assertions.Expect(page.Locator("[data-chosen] .chosen-name")).ToHaveTextAsync(["two.png"]);
        Assert.Equal(2, (await workshop.JobsAsync()).Count);
    }

    [Fact]
    public async Task Double_click_is_one_job_and_the_next_wish_another()
    {
        await using var workshop = await Workshop.OpenAsync();
        await workshop.ChooseAsync(TestPictures.Png(64, 48));
        await workshop.Page.Locator("[data-submit]").DblClickAsync();
        await workshop.FinishedCardAsync("succeeded");
        Assert.Single(await workshop.JobsAsync());
        await workshop.Page.Locator("[data-submit]").ClickAsync();
        await Assertions.Expect(workshop.Page.Locator(".card[data-status=succeeded]")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Result_again_in_another_style_as_source_and_cut_out()
    {
        await using var workshop = await Workshop.OpenAsync();
        var page = workshop.Page;
        await page.Locator(".count label", new() { HasText = "2" }).ClickAsync();
        await workshop.SubmitAsync("with snow");
        var card = page.Locator($".card[data-status=succeeded]").Last;
        await card.Locator("[data-act=again]").ClickAsync();
        await Assertions.Expect(page.Locator(".card[data-status=succeeded]")).ToHaveCountAsync(2);
        var jobs = await workshop.JobsAsync();
        Assert.Equal(jobs[1]!["request"]!.ToJsonString(), jobs[0]!["request"]!.ToJsonString());

        await page.ReloadAsync();
        await page.Locator("[data-days] .past").First.ClickAsync();
        await page.Locator("[data-lightbox] [data-act=restyle]").ClickAsync();
        await Assertions.Expect(page.Locator("textarea[name=prompt]")).ToHaveValueAsync("with snow");
        Assert.Equal("2", await page.EvaluateAsync<string>("document.querySelector('[name=count]:checked').value"));
        Assert.Equal("style_id", await page.EvaluateAsync<string>("document.activeElement.name"));
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Locator("[data-submit]").ClickAsync();
        var restyled = await workshop.FinishedCardAsync("succeeded");
        var request = (await workshop.JobsAsync())[0]!["request"]!;
        Assert.Equal((string?)jobs[0]!["request"]!["image_id"], (string?)request["image_id"]);
        Assert.NotEqual((string?)jobs[0]!["request"]!["style_id"], (string?)request["style_id"]);

        await restyled.Locator("[data-act=cutout]").ClickAsync();
        var cutout = page.Locator(".card[data-status=succeeded]", new() { HasText = "Background removed" });
        await cutout.WaitForAsync();
        await cutout.Locator("[data-act=source]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-chosen] li")).ToHaveCountAsync(1);
        Assert.Empty(workshop.Complaints);
    }

    [Fact]
    public async Task Comparison_by_keyboard_slides_stands_apart_flips_and_shows_pixels()
    {
        await using var workshop = await Workshop.OpenAsync();
        var page = workshop.Page;
        await workshop.SubmitAsync();
        var card = await workshop.FinishedCardAsync("succeeded");
        var (stage, slider) = (card.Locator("[data-stage-box]"), card.Locator(".compare input"));
        await slider.FocusAsync();
        for (var press = 0; press < 10; press++) await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(slider).ToHaveAttributeAsync("aria-valuetext", "40 percent before, 60 percent after");
        Assert.Equal("40%", await card.Locator(".compare").EvaluateAsync<string>("box => getComputedStyle(box).getPropertyValue('--cut')"));

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(stage).ToHaveAttributeAsync("data-mode", "apart");
        await Assertions.Expect(slider).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(stage).ToHaveAttributeAsync("data-mode", "flip");
        await page.Keyboard.PressAsync("Shift+Tab");
        Assert.Equal("0%", await card.Locator(".compare").EvaluateAsync<string>("box => getComputedStyle(box).getPropertyValue('--cut')"));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(card.Locator(".compare button")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal("100%", await card.Locator(".compare").EvaluateAsync<string>("box => getComputedStyle(box).getPropertyValue('--cut')"));

        await card.Locator("[data-zoom]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await stage.FocusAsync();
        var shown = await card.Locator(".after").EvaluateAsync<int[]>("image => [image.getBoundingClientRect().width, image.naturalWidth, image.width]");
        Assert.Equal((int)(await workshop.JobsAsync())[0]!["result"]!["width"]!, shown[0]);
        await page.Keyboard.PressAsync("ArrowRight");
        await card.Locator("[data-act=copy]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-announcer]")).ToHaveTextAsync("Copied");
        Assert.Equal("image/png", await page.EvaluateAsync<string>("navigator.clipboard.read().then(items => items[0].types.join())"));
        var download = await page.RunAndWaitForDownloadAsync(() => card.Locator("[data-download]").ClickAsync());
        Assert.Matches(@"^[a-z-]+-\d{4}-\d\d-\d\d-1\.(png|jpeg)$", download.SuggestedFilename);
        Assert.Empty(workshop.Complaints);
    }

    [Fact]
    public async Task Cutout_of_another_shape_stands_beside_its_source_on_any_colour()
    {
        await using var workshop = await Workshop.OpenAsync();
        var page = workshop.Page;
        await workshop.ChooseAsync(BackgroundRemoval.Drawn.Png(BackgroundRemoval.Drawn.Ball(320, 240)));
        await page.Locator(".switch label", new() { HasText = "Remove background" }).ClickAsync();
        await page.Locator("[name=crop]").CheckAsync();
        await page.Locator("[data-submit]").ClickAsync();
        var card = await workshop.FinishedCardAsync("succeeded");
        await Assertions.Expect(card.Locator(".compare.unlike")).ToBeVisibleAsync();
        await Assertions.Expect(card.Locator(".modes")).ToBeHiddenAsync();
        await card.Locator("[type=color]").FillAsync("#336699");
        await Assertions.Expect(card.Locator("[data-stage-box]")).ToHaveAttributeAsync("data-on", "colour");
        Assert.Equal("rgb(51, 102, 153)", await card.Locator(".compare").EvaluateAsync<string>("box => getComputedStyle(box).backgroundColor"));
        Assert.Empty(workshop.Complaints);
    }

    private static FilePayload File(string name, byte[] bytes) => new() { Name = name, MimeType = "image/png", Buffer = bytes };
}
