using System.Net;

namespace Ivg.Tests.Application;

/// <summary>Platform keys and secrets, with settings that the shared application does not have.</summary>
public sealed class PlatformKeyTests
{
    private const string FirstSecret = "first-secret-of-at-least-32-characters";
    private const string SecondSecret = "second-secret-of-at-least-32-characters";

    [Fact]
    public async Task Keys_Configured_OneOfThemIsNeeded()
    {
        var app = await SharedApplication.GetAsync();
        var (api, address) = await ServiceProcess.StartApiAsync(app, "Production", ("APP_SECRET_KEY", FirstSecret), ("PLATFORM_API_KEYS", "old-key, new-key"));
        await using var _ = api;
        using var client = new IvgClient(address, "anna");

        await IvgClient.AssertProblemAsync(await client.Http.GetAsync("/api/history"), 401, "platform_key_required");
        foreach (var wrong in new[] { "Bearer old", "Bearer old-key, new-key", "Bearer OLD-KEY", "Bearer old-key-and-more" })
            await IvgClient.AssertProblemAsync(await GetAsync(client, wrong), 401, "invalid_platform_key");
        await IvgClient.AssertProblemAsync(await GetAsync(client, "Basic old-key"), 401, "platform_key_required");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, "Bearer old-key")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, "bearer new-key")).StatusCode);

        using var browser = new IvgClient(address, null);
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/api/history")).StatusCode);
        await IvgClient.AssertProblemAsync(await GetAsync(browser, "Bearer wrong"), 401, "invalid_platform_key");
        await IvgClient.AssertProblemAsync(await GetAsync(browser, "Bearer old-key"), 400, "invalid_user_id");
        Assert.DoesNotContain("old-key", api.Output);
    }

    [Fact]
    public async Task Keys_NoneInProduction_NobodyIsBelieved()
    {
        var app = await SharedApplication.GetAsync();
        var (api, address) = await ServiceProcess.StartApiAsync(app, "Production", ("APP_SECRET_KEY", FirstSecret));
        await using var _ = api;
        using var client = new IvgClient(address, "anna");

        await IvgClient.AssertProblemAsync(await client.Http.GetAsync("/api/history"), 401, "platform_key_required");
        await IvgClient.AssertProblemAsync(await GetAsync(client, "Bearer some-key"), 401, "platform_key_required");
        Assert.Equal(HttpStatusCode.OK, (await client.Http.GetAsync("/api/health")).StatusCode);
    }

    [Fact]
    public async Task Secret_Rotated_OldCookiesAreStillTrusted()
    {
        var app = await SharedApplication.GetAsync();
        string cookie;
        var (before, old) = await ServiceProcess.StartApiAsync(app, "Production", ("APP_SECRET_KEY", FirstSecret));
        await using (before)
        {
            using var browser = new IvgClient(old, null);
            using var response = await browser.Http.GetAsync("/api/history");
            cookie = response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        }
        var (after, rotated) = await ServiceProcess.StartApiAsync(app, "Production", ("APP_SECRET_KEY", $"{SecondSecret},{FirstSecret}"));
        await using (after)
        {
            Assert.False(await IsReplacedAsync(rotated, cookie));
        }
        var (later, forgotten) = await ServiceProcess.StartApiAsync(app, "Production", ("APP_SECRET_KEY", SecondSecret));
        await using (later)
        {
            Assert.True(await IsReplacedAsync(forgotten, cookie));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("first-secret-of-at-least-32-characters,short")]
    public async Task Secret_MissingOrShortInProduction_StopsTheStartByName(string secret)
    {
        var app = await SharedApplication.GetAsync();
        await using var api = ServiceProcess.Start("Ivg.Api", [.. ServiceProcess.ForApi(app, "Production"), ("APP_SECRET_KEY", secret)]);

        Assert.NotEqual(0, await api.ExitAsync());
        Assert.Contains("APP_SECRET_KEY", api.Output);
        if (secret.Length > 0) Assert.DoesNotContain(secret, api.Output);
    }

    private static async Task<bool> IsReplacedAsync(Uri address, string cookie)
    {
        using var browser = new IvgClient(address, null);
        browser.Http.DefaultRequestHeaders.Add("Cookie", cookie);
        using var response = await browser.Http.GetAsync("/api/history");
        // An older secret's is signed anew and says the same id.
        return response.Headers.TryGetValues("Set-Cookie", out var set) && set.Single().Split('.')[0] != cookie.Split('.')[0];
    }

    private static Task<HttpResponseMessage> GetAsync(IvgClient client, string authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/history");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return client.Http.SendAsync(request);
    }
}
