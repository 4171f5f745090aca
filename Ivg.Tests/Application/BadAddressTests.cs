using System.Net;

namespace Ivg.Tests.Application;

/// <summary>Paths, methods and pages that are not there.</summary>
public sealed class BadAddressTests
{
    [Theory]
    [InlineData("/api/jobs/17", "job_not_found")]
    [InlineData("/api/jobs/{0198c5a0-0000-7000-8000-000000000000}", "job_not_found")]
    [InlineData("/api/jobs/0198c5a0-0000-7000-8000-000000000000", "job_not_found")]
    [InlineData("/api/jobs/17/stream", "job_not_found")]
    [InlineData("/api/images/17", "image_not_found")]
    [InlineData("/api/images/..%2f..%2fetc%2fpasswd", "image_not_found")]
    [InlineData("/api/images/0198c5a0-0000-7000-8000-000000000000", "image_not_found")]
    [InlineData("/api/styles/no-such-style/reference", "style_not_found")]
    [InlineData("/api/styles/NO%20STYLE/reference", "style_not_found")]
    [InlineData("/api/no-such-thing", "not_found")]
    [InlineData("/api", "not_found")]
    [InlineData("/API/no-such-thing", "not_found")]
    public async Task Get_NothingThere_Is404WithItsCode(string path, string code)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var response = await user.Http.GetAsync(path);
        await IvgClient.AssertProblemAsync(response, 404, code);
    }

    [Fact]
    public async Task Get_PathInCapitals_IsAnsweredLikeItsSmallTwin()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var response = await user.Http.GetAsync("/API/History");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("DELETE", "/api/variations")]
    [InlineData("GET", "/api/remove-background")]
    [InlineData("POST", "/api/styles")]
    [InlineData("PUT", "/api/history")]
    public async Task Send_WrongMethod_Is405(string method, string path)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var response = await user.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        await IvgClient.AssertProblemAsync(response, 405, "invalid_request");
        Assert.NotEmpty(response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("?limit=0", "invalid_request")]
    [InlineData("?limit=101", "invalid_request")]
    [InlineData("?limit=abc", "invalid_request")]
    [InlineData("?limit=-1", "invalid_request")]
    [InlineData("?limit=", "invalid_request")]
    [InlineData("?cursor=garbage", "invalid_cursor")]
    [InlineData("?cursor=", "invalid_cursor")]
    [InlineData("?cursor=!!!!!!!!!!!!!!!!!!!!!!", "invalid_cursor")]
    [InlineData("?cursor=%F0%9F%98%80%F0%9F%98%80", "invalid_cursor")]
    public async Task List_BadPage_Is400(string query, string code)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        foreach (var list in new[] { "/api/history", "/api/jobs" })
        {
            using var response = await user.Http.GetAsync(list + query);
            await IvgClient.AssertProblemAsync(response, 400, code);
        }
    }
}
