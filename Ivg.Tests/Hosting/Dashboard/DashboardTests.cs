using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Ivg.Hosting.Dashboard;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Tests.Hosting.Dashboard;

public sealed class DashboardTests
{
    [Fact]
    public async Task Dashboard_lets_in_the_bearer_of_the_token_once_and_nobody_else()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--Hosting:DashboardEnabled=true");
        builder.AddShell("service", "exec sleep 1000").WithHttpEndpoint();
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", Shell.Timeout());
        var login = new Uri(app.Services.GetRequiredService<DashboardAddress>().LoginUrl!);
        using var stranger = Client(login, new CookieContainer());
        using var friend = Client(login, new CookieContainer());

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger.GetAsync("/")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger.GetAsync("/api/resources")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger.GetAsync("/login?t=guess")));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(friend.GetAsync(login)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger.GetAsync(login)));

        using var page = await friend.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("script-src 'self'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("\"service\"", await friend.GetStringAsync(new Uri("/api/resources", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboard_refuses_other_names_and_commands_from_other_pages()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--Hosting:DashboardEnabled=true");
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());
        var login = new Uri(app.Services.GetRequiredService<DashboardAddress>().LoginUrl!);
        using var client = Client(login, new CookieContainer());
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(client.GetAsync(login)));

        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(client.SendAsync(rebound)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client.PostAsync("/api/resources/x/stop", null)));
        using var own = new HttpRequestMessage(HttpMethod.Post, "/api/resources/x/stop") { Headers = { { "X-Dashboard", "1" } } };
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(client.SendAsync(own)));
    }

    private static HttpClient Client(Uri login, CookieContainer cookies)
        => new(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = new Uri(login, "/") };

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> request)
    {
        using var response = await request;
        return response.StatusCode;
    }
}
