using System.Net;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Limits;

/// <summary>Buckets by session and by address, on an API of its own with small ones.</summary>
public sealed class RateLimitTests
{
    private static readonly byte[] Picture = TestPictures.Png(32, 32);

    [Fact]
    public async Task Submits_OverTheSessionsBucket_Are429AndOthersGoOn()
    {
        var app = await SharedApplication.GetAsync();
        var (api, address) = await ServiceProcess.StartApiAsync(app, "Development", ("RATE_SUBMITS_PER_SESSION", "3"), ("RATE_READS_PER_SESSION", "200"));
        await using var _ = api;
        using var user = new IvgClient(address, $"rate-{Guid.NewGuid():N}");
        for (var left = 2; left >= 0; left--)
        {
            using var taken = await user.PostAsync("/api/variations", IvgClient.Form(Picture));
            Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
            Assert.Equal(("3", left), (Header(taken, "RateLimit-Limit"), int.Parse(Header(taken, "RateLimit-Remaining"), provider: null)));
            Assert.InRange(int.Parse(Header(taken, "RateLimit-Reset"), provider: null), 1, 60);
        }
        using var refused = await user.PostAsync("/api/remove-background", IvgClient.Form(Picture));
        await IvgClient.AssertProblemAsync(refused, 429, "rate_limited");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 20);
        Assert.Equal("0", Header(refused, "RateLimit-Remaining"));

        // Reads have a bucket of their own, and so has everybody else.
        using var read = await user.Http.GetAsync("/api/jobs");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.False(read.Headers.Contains("RateLimit-Limit"));
        using var other = new IvgClient(address, $"rate-{Guid.NewGuid():N}");
        using var theirs = await other.PostAsync("/api/variations", IvgClient.Form(Picture));
        Assert.Equal(HttpStatusCode.Accepted, theirs.StatusCode);
    }

    [Fact]
    public async Task Reads_OfAnAddress_AreCountedOverNewSessionsToo()
    {
        var app = await SharedApplication.GetAsync();
        var (api, address) = await ServiceProcess.StartApiAsync(app, "Development", ("RATE_READS_PER_ADDRESS", "5"));
        await using var _ = api;
        using var browser = new IvgClient(address, null);
        // Each call has no cookie, and so a session of its own.
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/api/history")).StatusCode);
        await IvgClient.AssertProblemAsync(await browser.Http.GetAsync("/api/history"), 429, "rate_limited");
        // Probes belong to nobody and are never refused.
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/api/health")).StatusCode);
        using var platform = new IvgClient(address, "anna");
        Assert.Equal(HttpStatusCode.OK, (await platform.Http.GetAsync("/api/history")).StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.0/8", "false", HttpStatusCode.OK)]
    [InlineData("10.0.0.0/8", "false", HttpStatusCode.TooManyRequests)]
    [InlineData("", "false", HttpStatusCode.TooManyRequests)]
    // The framework's own switch adds nobody to the list.
    [InlineData("127.0.0.0/8", "true", HttpStatusCode.OK)]
    [InlineData("10.0.0.0/8", "true", HttpStatusCode.TooManyRequests)]
    [InlineData("", "true", HttpStatusCode.TooManyRequests)]
    public async Task Forwarded_address_is_believed_from_listed_proxies_alone(string proxies, string frameworks, HttpStatusCode second)
    {
        var app = await SharedApplication.GetAsync();
        var (api, address) = await ServiceProcess.StartApiAsync(app, "Development",
            ("RATE_READS_PER_ADDRESS", "1"), ("TRUSTED_PROXIES", proxies), ("ASPNETCORE_FORWARDEDHEADERS_ENABLED", frameworks));
        await using var _ = api;
        using var browser = new IvgClient(address, null);
        using var first = await GetAsync(browser, "203.0.113.1");
        using var other = await GetAsync(browser, "203.0.113.2");

        Assert.Equal((HttpStatusCode.OK, second), (first.StatusCode, other.StatusCode));
        var secure = first.Headers.GetValues("Set-Cookie").Single().Contains("secure", StringComparison.OrdinalIgnoreCase);
        Assert.Equal(second == HttpStatusCode.OK, secure);
    }

    [Fact]
    public async Task Cors_IsForListedOriginsAlone()
    {
        var app = await SharedApplication.GetAsync();
        var (api, address) = await ServiceProcess.StartApiAsync(app, "Development", ("CORS_ORIGINS", "https://embed.example"));
        await using var _ = api;
        using var listed = await FromAsync(address, "https://embed.example");
        using var unlisted = await FromAsync(address, "https://evil.example");
        using var closed = await FromAsync(app.Address, "https://embed.example");

        Assert.Equal("https://embed.example", listed.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(listed.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.False(unlisted.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(closed.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Uploads_ThatDoNotFitIntoMemoryTogether_Are503UntilOneIsThrough()
    {
        var app = await SharedApplication.GetAsync();
        var (api, address) = await ServiceProcess.StartApiAsync(app, "Development", ("UPLOAD_MEMORY_BYTES", "100000"));
        await using var _ = api;
        await Until.TrueAsync(async () =>
        {
            // Holds its place for as long as its body is not all there. If the submit beside it comes first, it is itself refused
            // and has to be sent again.
            using var slow = await RawHttp.OpenAsync(address, $"POST /api/variations HTTP/1.1\r\nHost: x\r\nX-User-Id: slow\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 90000\r\n\r\n--b\r\n");
            using var beside = new IvgClient(address, $"upload-{Guid.NewGuid():N}");
            using var refused = await beside.PostAsync("/api/variations", IvgClient.Form(Picture));
            if (refused.StatusCode != HttpStatusCode.ServiceUnavailable) return false;
            await IvgClient.AssertProblemAsync(refused, 503, "unavailable");
            return refused.Headers.RetryAfter?.Delta > TimeSpan.Zero;
        }, IvgClient.Patience, "the memory to be taken");
        using var user = new IvgClient(address, $"upload-{Guid.NewGuid():N}");
        await Until.TrueAsync(async () =>
        {
            using var taken = await user.PostAsync("/api/variations", IvgClient.Form(Picture));
            return taken.StatusCode == HttpStatusCode.Accepted;
        }, IvgClient.Patience, "the memory to be free again");
    }

    [Theory]
    [InlineData(9000, 0, "414")]
    [InlineData(10, 40_000, "431")]
    public async Task Request_WithALongLineOrHeader_IsRefused(int query, int header, string status)
    {
        var app = await SharedApplication.GetAsync();
        var answer = await RawHttp.SendAsync(app.Address,
            $"GET /api/history?x={new string('q', query)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Long: {new string('h', header)}\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status}", answer);
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private static Task<HttpResponseMessage> GetAsync(IvgClient client, string forwardedFor)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/history");
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        request.Headers.Add("X-Forwarded-Proto", "https");
        return client.Http.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> FromAsync(Uri address, string origin)
    {
        using var client = new IvgClient(address, null);
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/styles");
        request.Headers.Add("Origin", origin);
        return await client.Http.SendAsync(request);
    }
}
