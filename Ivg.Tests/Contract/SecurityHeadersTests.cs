using Ivg.Tests.Application;
using Ivg.Tests.Generation;
using Ivg.Tests.Web;
using Microsoft.Playwright;

namespace Ivg.Tests.Contract;

/// <summary>What answers of every sort tell a browser to refuse.</summary>
public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData("/", 200, "same-origin")]
    [InlineData("/history", 200, "same-origin")]
    [InlineData("/jobs/none", 404, "same-origin")]
    [InlineData("/js/app.js", 200, "same-origin")]
    [InlineData("/v/0000000000000000/js/app.js", 200, "same-origin")]
    [InlineData("/v/0000000000000000/js/none.js", 404, "no-referrer")]
    [InlineData("/no-such-page", 404, "no-referrer")]
    [InlineData("/docs", 302, "no-referrer")]
    [InlineData("/docs/", 200, "no-referrer")]
    [InlineData("/docs/v1", 200, "no-referrer")]
    [InlineData("/docs/none", 404, "no-referrer")]
    [InlineData("/docs/scalar.js", 200, "no-referrer")]
    [InlineData("/openapi/v1.json", 200, "no-referrer")]
    [InlineData("/openapi/none.json", 404, "no-referrer")]
    [InlineData("/health", 200, "no-referrer")]
    [InlineData("/alive", 200, "no-referrer")]
    [InlineData("/api/health", 200, "no-referrer")]
    [InlineData("/api/styles", 200, "no-referrer")]
    [InlineData("/api/styles/chalkboard/reference", 200, "no-referrer")]
    [InlineData("/api/images/none", 404, "no-referrer")]
    [InlineData("/api/history?limit=x", 400, "no-referrer")]
    [InlineData("/api/jobs/stream", 200, "no-referrer")]
    public async Task Answer_OfEverySort_TellsBrowsersWhatToRefuse(string path, int status, string referrer)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var response = await user.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(status, (int)response.StatusCode);
        AssertGuarded(response, referrer);
    }

    [Fact]
    public async Task Answer_ThatIsAPictureOrARefusedPost_TellsThemToo()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var job = await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64)));
        using var picture = await user.Http.GetAsync((string)job["result"]!["url"]!);
        using var api = await user.PostAsync("/api/variations", null);
        using var form = await user.PostAsync("/make", null);
        foreach (var (response, referrer) in new[] { (picture, "no-referrer"), (api, "no-referrer"), (form, "same-origin") }) AssertGuarded(response, referrer);
    }

    [Fact]
    public async Task Docs_InABrowser_ShowAndTryTheApiUnderAPolicyThatNamesItsScripts()
    {
        await using var visit = await Visit.OpenAsync("/docs/");
        await visit.Page.GetByText("Background removal").First.WaitForAsync();
        await visit.Page.GotoAsync("/docs/#tag/health/GET/api/health");
        await visit.Page.ReloadAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Test Request" }).First.ClickAsync();
        var answer = await visit.Page.RunAndWaitForResponseAsync(
            () => visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Send" }).First.ClickAsync(), response => response.Url.Contains("/api/"));
        Assert.Equal(200, answer.Status);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Docs_EachTime_HaveAnotherNonce()
    {
        var app = await SharedApplication.GetAsync();
        using var client = new IvgClient(app.Address, null);
        var policies = new HashSet<string>();
        for (var i = 0; i < 2; i++)
        {
            using var response = await client.Http.GetAsync("/docs/");
            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.Matches("; script-src 'self' 'nonce-[^' ]+'; ", policy);
            policies.Add(policy);
        }
        Assert.Equal(2, policies.Count);
    }

    private static void AssertGuarded(HttpResponseMessage response, string referrer)
    {
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(referrer, Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; ", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
    }
}
