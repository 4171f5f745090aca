using Dapper;
using Ivg.GeminiEmulator;
using Ivg.Tests.Application;
using Ivg.Tests.BadInputs;
using Ivg.Tests.Generation;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>What the pages look like in states that do not last.</summary>
public sealed class PageFacesTests
{
    [Fact]
    public async Task RunningJob_SaysWhatItDoesAndCanBeCancelledWithoutScript()
    {
        await using var visit = await OpenJobAsync(60_000, script: false);
        // The page loads itself again meanwhile.
        await visit.Page.Locator(".job", new PageLocatorOptions { HasText = "Painting" }).WaitForAsync();
        await Until.TrueAsync(async () =>
        {
            // Between two loads there may be nothing to press.
            if (await visit.Page.Locator(".job button", new PageLocatorOptions { HasText = "Cancel" }).CountAsync() > 0)
                await visit.Page.Locator(".job button", new PageLocatorOptions { HasText = "Cancel" }).ClickAsync();
            return await visit.Page.Locator(".job[data-status=cancelled]").CountAsync() == 1;
        }, IvgClient.Patience, "the job to be cancelled");
    }

    [Fact]
    public async Task JobPage_WithScript_ComesToItsEndByItselfAndIsNeverLoadedAgain()
    {
        await using var visit = await OpenJobAsync(3000);
        await visit.Page.EvaluateAsync("window.isSame = true");
        await visit.Page.Locator(".job[data-status=succeeded]").WaitForAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.isSame"));
        Assert.StartsWith("Ready", await visit.Page.TitleAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task JobPage_WithoutALine_SaysSoAndOfAnErasedJobThatItIsGone()
    {
        await using var visit = await OpenJobAsync(60_000);
        var lost = visit.Page.Locator(".job > .notice");
        await visit.Page.Context.SetOfflineAsync(true);
        await Assertions.Expect(lost).ToContainTextAsync("Reconnecting");
        await visit.Page.Context.SetOfflineAsync(false);
        await Assertions.Expect(lost).ToBeHiddenAsync();
        await visit.Page.APIRequest.DeleteAsync("/api/history");
        await Assertions.Expect(visit.Page.Locator("main [data-code=job_not_found] .face")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task PicturesOfThePages_AreRenderingsInTheSizeTheyAreShownInAndATiffShows()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        foreach (var (bytes, isLarge) in new[] { (WholePictures.Of("TIFF"), false), (TestPictures.Png(3000, 2000), true) })
        {
            var job = await user.FinishAsync(await user.SubmitAsync("/api/variations", bytes));
            await using var visit = await Visit.OpenAsync("/history", userId: user.UserId);
            foreach (var (path, count) in new[] { ($"/jobs/{job["job_id"]}", 2), ($"/pictures/{job["result"]!["image_id"]}", 1), ($"/pictures/{job["request"]!["image_id"]}", 1) })
            {
                await visit.Page.GotoAsync(path);
                var shown = await visit.Page.Locator(".pair img, img.large").EvaluateAllAsync<string[]>(
                    "images => Promise.all(images.map(image => image.decode().then(() => image.currentSrc)))");
                Assert.Equal((path, count), (path, shown.Length));
                Assert.All(shown, url => Assert.Contains("?width=", url));
                if (isLarge && count == 2) Assert.EndsWith("?width=640", shown[0]);
            }
            Assert.Empty(visit.Complaints);
        }
    }

    [Fact]
    public async Task ExpiredPicture_HasItsOwnFaceAndStillGoesFromTheHistory()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var job = await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64)));
        await using (var connection = await app.Database.OpenConnectionAsync())
            await connection.ExecuteAsync("update image_assets set data = null, expired_at = now() where session_id = @SessionId", new { user.SessionId });
        using var answer = await user.Http.GetAsync($"/pictures/{job["result"]!["image_id"]}");
        Assert.Equal(410, (int)answer.StatusCode);
        Assert.Contains("data-code=\"image_expired\"", await answer.Content.ReadAsStringAsync());

        await using var visit = await Visit.OpenAsync("/history", script: false, user.UserId);
        await visit.Page.Locator(".past").ClickAsync();
        await visit.Page.Locator("main a", new PageLocatorOptions { HasText = "Delete…" }).ClickAsync();
        await visit.Page.Locator("main button.danger").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("[data-empty]")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task EveryPage_HasNothingSeriousForAxe(ColorScheme scheme)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var job = await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64), ("count", "2")));
        await using var visit = await Visit.OpenAsync("/history", userId: user.UserId);
        await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        var image = job["result"]!["image_id"];
        var all = new List<string>();
        foreach (var path in new[] { "/history", "/history?q=none", $"/jobs/{job["job_id"]}", $"/pictures/{image}", $"/pictures/{image}/delete", "/history/erase", "/jobs/none" })
        {
            await visit.Page.GotoAsync(path);
            all.AddRange((await Axe.FindAsync(visit.Page)).Select(found => $"{path}: {found}"));
        }
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    // The page of a job whose provider takes so long.
    private static async Task<Visit> OpenJobAsync(int milliseconds, bool script = true)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var id = $"page-{Guid.CreateVersion7():N}";
        app.Emulator.Script.Add(new ScriptStep { Behaviour = "ok", DelayMs = milliseconds, RequestId = id });
        using var submitted = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64)), ("X-Request-Id", id));
        return await Visit.OpenAsync($"/jobs/{submitted.Headers.Location!.ToString().Split('/')[^1]}", script, user.UserId);
    }
}
