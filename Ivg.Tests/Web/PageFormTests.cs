using System.Net;
using System.Text.RegularExpressions;
using Ivg.Api.Pages;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Web;

/// <summary>The forms of the pages, as a browser sends them.</summary>
public sealed partial class PageFormTests
{
    [Fact]
    public async Task DoubleClick_IsOneJobAndBothAreSentToIt()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var token = await TokenAsync(user, "/");
        var picture = TestPictures.Png(64, 64);
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => MakeAsync(user, picture, ("token", token), ("make", "variation"), ("prompt", "twice"))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        Assert.Single(answers.Select(answer => answer.Headers.Location!.ToString()).Distinct());
        Assert.Single((await user.GetJsonAsync("/api/jobs"))["items"]!.AsArray());
        // Changed choices are another wish, though the form is the same.
        using var changed = await MakeAsync(user, picture, ("token", token), ("make", "variation"), ("prompt", "thrice"));
        Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        Assert.Equal(2, (await user.GetJsonAsync("/api/jobs"))["items"]!.AsArray().Count);
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task SeveralPictures_AreAJobEachAndTheBadOneIsNamed()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var form = IvgClient.Form(null, ("token", await TokenAsync(user, "/")), ("kind", "variation"), ("prompt", "kept"));
        form.Add(new ByteArrayContent(TestPictures.Png(64, 64)), "image", "one.png");
        form.Add(new ByteArrayContent("no picture"u8.ToArray()), "image", "two <b>.png");
        form.Add(new ByteArrayContent(TestPictures.Png(65, 65)), "image", "three.png");
        using var answer = await user.PostAsync("/make", form);
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("two &lt;b&gt;.png: <strong>This file is not a picture", html);
        Assert.Contains(">kept</textarea>", html);
        Assert.Equal(2, (await user.GetJsonAsync("/api/jobs"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task TooLargePicture_IsReadToItsEndAndWhatWasTypedStays()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[21 << 20]), "image", "large.png" } };
        form.Add(new StringContent(await TokenAsync(user, "/")), "token");
        form.Add(new StringContent("still here"), "prompt");
        using var answer = await user.PostAsync("/make", form);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains(ErrorWords.Of("image_too_large").Title, html);
        Assert.Contains(">still here</textarea>", html);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("other")]
    [InlineData("tampered")]
    public async Task Token_MissingOrNotOurs_ShowsTheFormAgainWithNothingLostAndNothingDone(string? which)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var other = app.NewUser();
        var token = which switch { "other" => await TokenAsync(other, "/"), "tampered" => await TokenAsync(user, "/") + "0", _ => "" };
        using var answer = await MakeAsync(user, TestPictures.Png(64, 64), ("token", token), ("make", "background_removal"), ("prompt", "my wish"), ("colour", "#010203"));
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("data-code=\"stale_form\"", html);
        Assert.Contains(">my wish</textarea>", html);
        Assert.Contains("#010203", html);
        Assert.Empty((await user.GetJsonAsync("/api/jobs"))["items"]!.AsArray());
        // The page that says so has a token that is good.
        using var again = await MakeAsync(user, TestPictures.Png(64, 64), ("token", Token().Match(html).Groups[1].Value), ("make", "variation"));
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
    }

    [Fact]
    public async Task OtherPosts_WithoutAToken_AreRefusedOnTheirPages()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var job = await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64)));
        foreach (var path in new[] { "/history/erase", $"/jobs/{job["job_id"]}", $"/pictures/{job["result"]!["image_id"]}/delete" })
        {
            using var answer = await user.PostAsync(path, new FormUrlEncodedContent([new("token", "none")]));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("data-code=\"stale_form\"", await answer.Content.ReadAsStringAsync());
        }
        Assert.Single((await user.GetJsonAsync("/api/history"))["items"]!.AsArray());
        // A job that is over is told apart.
        using var late = await user.PostAsync($"/jobs/{job["job_id"]}", new FormUrlEncodedContent([new("token", await TokenAsync(user, "/"))]));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("data-code=\"job_finished\"", await late.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task OtherSites_AreRefusedWithAPage()
    {
        var app = await SharedApplication.GetAsync();
        using var browser = new IvgClient(app.Address, null);
        using var answer = await browser.PostAsync("/history/erase", new FormUrlEncodedContent([]), ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("data-code=\"cross_site\"", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task FirstVisit_ItsFormFitsTheCookieThatCameWithIt()
    {
        var app = await SharedApplication.GetAsync();
        using var browser = new IvgClient(app.Address, null);
        using var page = await browser.Http.GetAsync("/");
        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie")).Split(';')[0];
        var form = IvgClient.Form(TestPictures.Png(64, 64), ("token", Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value), ("make", "variation"));
        using var answer = await browser.PostAsync("/make", form, ("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.True(page.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task SomebodyElses_JobsAndPicturesAreNotThere()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var other = app.NewUser();
        var job = await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64)));
        foreach (var path in new[] { $"/jobs/{job["job_id"]}", $"/pictures/{job["result"]!["image_id"]}", $"/pictures/{job["result"]!["image_id"]}/delete", "/jobs/17", "/pictures/17" })
        {
            using var answer = await other.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public void EveryCode_HasAFace()
    {
        Assert.All(ErrorWords.ByCode.Values, words => Assert.True(words.Title.Length > 8 && words.Advice.Length > 8));
        Assert.Equal(ErrorWords.ByCode["internal"], ErrorWords.Of("never heard of"));
    }

    private static Task<HttpResponseMessage> MakeAsync(IvgClient user, byte[] picture, params (string, string)[] fields) =>
        user.PostAsync("/make", IvgClient.Form(picture, fields));

    private static async Task<string> TokenAsync(IvgClient user, string path) => Token().Match(await user.Http.GetStringAsync(path)).Groups[1].Value;

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
