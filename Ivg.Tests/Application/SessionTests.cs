using System.Net;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Application;

/// <summary>Who is calling, and what is whose.</summary>
public sealed class SessionTests
{
    private const string Cookie = "ivg_session";

    [Fact]
    public async Task Page_FirstVisit_SetsACookieThatScriptsAndOtherSitesDoNotGet()
    {
        var app = await SharedApplication.GetAsync();
        using var browser = new IvgClient(app.Address, null);
        using var response = await browser.Http.GetAsync("/");
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));

        Assert.StartsWith(Cookie + "=", cookie);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        // Over plain http: with Secure the browser would not send it back.
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Answer_ThatAnyoneMayKeep_IsPrivateWhileItSetsACookie()
    {
        const string reference = "/api/styles/ink-line/reference";
        var app = await SharedApplication.GetAsync();
        using var browser = new IvgClient(app.Address, null);
        using var first = await browser.Http.GetAsync(reference);
        using var later = await GetAsync(browser, reference, ("Cookie", await NewCookieAsync(browser)));

        Assert.True(first.Headers.Contains("Set-Cookie") && !later.Headers.Contains("Set-Cookie"));
        foreach (var (answer, isPrivate) in new[] { (first, true), (later, false) })
            Assert.Equal((isPrivate, !isPrivate, TimeSpan.FromMinutes(5)), (answer.Headers.CacheControl!.Private, answer.Headers.CacheControl.Public, answer.Headers.CacheControl.MaxAge));
    }

    [Fact]
    public async Task Cookie_SentAgain_IsTheSameSessionAndSeesItsJob()
    {
        var app = await SharedApplication.GetAsync();
        using var browser = new IvgClient(app.Address, null);
        var cookie = await NewCookieAsync(browser);
        using var submitted = await browser.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64)), ("Cookie", cookie));
        Assert.Equal(HttpStatusCode.Accepted, submitted.StatusCode);
        Assert.False(submitted.Headers.Contains("Set-Cookie"));
        var job = submitted.Headers.Location!.ToString();

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(browser, job, ("Cookie", cookie))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(browser, job, ("Cookie", await NewCookieAsync(browser)))).StatusCode);
    }

    [Fact]
    public async Task Cookie_ForgedOrDamaged_IsReplacedNeverTrusted()
    {
        var app = await SharedApplication.GetAsync();
        using var browser = new IvgClient(app.Address, null);
        var cookie = await NewCookieAsync(browser);
        var (id, signature) = (cookie[(Cookie.Length + 1)..].Split('.')[0], cookie.Split('.')[1]);
        string[] bad =
        [
            $"{id}.{(signature[0] == 'A' ? 'B' : 'A')}{signature[1..]}", $"{(id[0] == '0' ? '1' : '0')}{id[1..]}.{signature}", id, $"{id}.", $"{id}.{signature}x",
            $".{signature}", "", new string('x', 3000), $"{id.ToUpperInvariant()}.{signature}", "%00%ff.\u00e9",
        ];
        foreach (var value in bad)
        {
            using var response = await GetAsync(browser, "/api/history", ("Cookie", $"{Cookie}={Uri.EscapeDataString(value)}"));
            Assert.True(response.IsSuccessStatusCode && response.Headers.Contains("Set-Cookie"), $"'{value}' was answered with {response.StatusCode} and kept");
        }
    }

    [Fact]
    public async Task Job_OfSomebodyElse_IsNowhereToBeSeen()
    {
        var app = await SharedApplication.GetAsync();
        using var owner = app.NewUser();
        using var other = app.NewUser();
        var job = await owner.FinishAsync(await owner.SubmitAsync("/api/variations", TestPictures.Png(64, 64)));
        foreach (var (path, code) in new[]
        {
            ($"/api/jobs/{job["job_id"]}", "job_not_found"), ($"/api/jobs/{job["job_id"]}/stream", "job_not_found"),
            ((string)job["result"]!["url"]!, "image_not_found"), ((string)job["result"]!["url"]! + "?width=64", "image_not_found"),
        })
        {
            using var response = await other.Http.GetAsync(path);
            await IvgClient.AssertProblemAsync(response, 404, code);
        }
        using var cancel = await other.PostAsync($"/api/jobs/{job["job_id"]}/cancel", null);
        await IvgClient.AssertProblemAsync(cancel, 404, "job_not_found");
        Assert.Empty((await other.GetJsonAsync("/api/history"))["items"]!.AsArray());
        Assert.Empty((await other.GetJsonAsync("/api/jobs"))["items"]!.AsArray());
    }

    [Fact]
    public async Task UserId_WithAndWithoutTenant_AreDifferentSessions()
    {
        var app = await SharedApplication.GetAsync();
        var userId = $"anna@{Guid.CreateVersion7():N}";
        using var plain = new IvgClient(app.Address, userId);
        using var tenant = new IvgClient(app.Address, userId);
        tenant.Http.DefaultRequestHeaders.Add("X-Tenant-Id", "acme");
        using var response = await tenant.Http.GetAsync("/api/history");
        Assert.False(response.Headers.Contains("Set-Cookie"));
        var job = await tenant.SubmitAsync("/api/variations", TestPictures.Png(64, 64));

        Assert.Equal(HttpStatusCode.NotFound, (await plain.Http.GetAsync($"/api/jobs/{job["job_id"]}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await tenant.Http.GetAsync($"/api/jobs/{job["job_id"]}")).StatusCode);
        await using var command = app.Database.CreateCommand("select session_id from jobs where job_id = $1");
        command.Parameters.Add(new() { Value = Guid.Parse((string)job["job_id"]!) });
        Assert.Equal($"acme:{userId}", await command.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData("X-User-Id", "")]
    [InlineData("X-User-Id", "a b")]
    [InlineData("X-User-Id", "a:b")]
    [InlineData("X-User-Id", "~00000000000000000000000000000000")]
    [InlineData("X-User-Id", "a/../b")]
    [InlineData("X-Tenant-Id", "acme")]
    public async Task UserId_Bad_Is400(string header, string value)
    {
        var app = await SharedApplication.GetAsync();
        using var client = new IvgClient(app.Address, null);
        using var response = await GetAsync(client, "/api/history", (header, value));
        await IvgClient.AssertProblemAsync(response, 400, "invalid_user_id");
    }

    [Fact]
    public async Task UserId_Of129CharactersOrWithABadTenant_Is400AndOf128IsTaken()
    {
        var app = await SharedApplication.GetAsync();
        using var client = new IvgClient(app.Address, null);
        await IvgClient.AssertProblemAsync(await GetAsync(client, "/api/history", ("X-User-Id", new string('a', 129))), 400, "invalid_user_id");
        await IvgClient.AssertProblemAsync(await GetAsync(client, "/api/history", ("X-User-Id", "a"), ("X-Tenant-Id", "a b")), 400, "invalid_user_id");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, "/api/history", ("X-User-Id", new string('a', 128)))).StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", true)]
    [InlineData("Sec-Fetch-Site", "same-site", true)]
    [InlineData("Origin", "https://evil.example", true)]
    [InlineData("Origin", "null", true)]
    [InlineData("Sec-Fetch-Site", "same-origin", false)]
    [InlineData("Origin", "own", false)]
    public async Task Post_ByCookie_MustComeFromOurOwnPages(string header, string value, bool refused)
    {
        var app = await SharedApplication.GetAsync();
        using var browser = new IvgClient(app.Address, null);
        var origin = value == "own" ? app.Address.GetLeftPart(UriPartial.Authority) : value;
        using var response = await browser.PostAsync("/api/variations", Stored.Json("{}"), (header, origin), ("Cookie", await NewCookieAsync(browser)));
        if (refused) await IvgClient.AssertProblemAsync(response, 403, "cross_site");
        else await IvgClient.AssertProblemAsync(response, 400, "source_required");
    }

    [Fact]
    public async Task Get_FromElsewhere_IsNoChangeAndPasses()
    {
        var app = await SharedApplication.GetAsync();
        using var browser = new IvgClient(app.Address, null);
        using var response = await GetAsync(browser, "/api/history", ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("abc.DEF_1:2-3", true)]
    [InlineData("128", true)]
    [InlineData("129", false)]
    [InlineData("two words", false)]
    [InlineData("", false)]
    [InlineData("a;b", false)]
    public async Task RequestId_Valid_IsEchoedElseReplaced(string given, bool echoed)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        if (given is "128" or "129") given = new string('r', int.Parse(given, provider: null));
        foreach (var path in new[] { "/api/health", "/api/history", "/api/no-such-thing", "/api/jobs/17", "/" })
        {
            using var response = await GetAsync(user, path, ("X-Request-Id", given));
            var answered = Assert.Single(response.Headers.GetValues("X-Request-Id"));
            if (echoed) Assert.Equal(given, answered);
            else Assert.Matches("^[0-9a-f]{32}$", answered);
        }
    }

    [Fact]
    public async Task RequestId_WithLineBreaks_ReachesNoHeader()
    {
        var app = await SharedApplication.GetAsync();
        foreach (var id in new[] { "a%0d%0aX-Evil: 1", "a\rX-Evil: 1", "a\tb" })
        {
            var answer = await RawHttp.SendAsync(app.Address, $"GET /api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: {id}\r\n\r\n");
            Assert.DoesNotContain("X-Evil", answer);
            Assert.DoesNotContain("a\tb", answer);
        }
    }

    private static async Task<string> NewCookieAsync(IvgClient browser)
    {
        using var response = await browser.Http.GetAsync("/api/history");
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static Task<HttpResponseMessage> GetAsync(IvgClient client, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return client.Http.SendAsync(request);
    }
}
