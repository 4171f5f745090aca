using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Application;

/// <summary>How a browser's session outlives the secret that signed it and the life of its cookie.</summary>
public sealed class SessionRenewalTests
{
    private const string Cookie = "ivg_session";

    [Fact]
    public async Task Cookie_OfAnOlderSecret_IsSignedAnewAndIsTheSameSession()
    {
        var (newer, older) = ($"new-{Guid.NewGuid():N}", $"old-{Guid.NewGuid():N}");
        var (service, address) = await ServiceProcess.StartApiAsync(await SharedApplication.GetAsync(), "Production", ("APP_SECRET_KEY", $"{newer},{older}"));
        await using var _ = service;
        using var browser = new IvgClient(address, null);
        var id = Guid.NewGuid().ToString("N");
        using var submitted = await browser.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64)), ("Cookie", Signed(older, id)));
        Assert.Equal(Signed(newer, id), Assert.Single(submitted.Headers.GetValues("Set-Cookie")).Split(';')[0]);
        using var shared = await GetAsync(browser, "/api/styles/ink-line/reference", Signed(older, id));
        Assert.True(shared.Headers.Contains("Set-Cookie") && shared.Headers.CacheControl is { Private: true, Public: false });

        using var job = await GetAsync(browser, submitted.Headers.Location!.ToString(), Signed(newer, id));
        Assert.Equal((HttpStatusCode.OK, false), (job.StatusCode, job.Headers.Contains("Set-Cookie")));
        using var dropped = await GetAsync(browser, submitted.Headers.Location!.ToString(), Signed($"{newer}-other", id));
        Assert.Equal(HttpStatusCode.NotFound, dropped.StatusCode);
    }

    [Fact]
    public async Task Cookie_SentToAPage_BeginsItsLifeAgain()
    {
        var app = await SharedApplication.GetAsync();
        using var browser = new IvgClient(app.Address, null);
        using var first = await browser.Http.GetAsync("/api/history");
        var cookie = first.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        foreach (var (path, renewed) in new[] { ("/", true), ("/history", true), ("/jobs/none", true), ("/api/history", false), ("/js/app.js", false) })
        {
            using var response = await GetAsync(browser, path, cookie);
            var set = response.Headers.TryGetValues("Set-Cookie", out var values) ? values.Single() : "";
            Assert.Equal((path, renewed), (path, set.StartsWith($"{cookie}; max-age=34560000; ", StringComparison.Ordinal)));
            if (renewed) Assert.True(response.Headers.CacheControl is { NoStore: true });
        }
    }

    private static string Signed(string secret, string id) =>
        $"{Cookie}={id}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(id)))}";

    private static Task<HttpResponseMessage> GetAsync(IvgClient browser, string path, string cookie)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        return browser.Http.SendAsync(request);
    }
}
