using System.Net;
using System.Net.Sockets;
using Dapper;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Webhooks;

/// <summary>Without leave, nothing private is called, whatever its name.</summary>
[Collection("guarded")]
public sealed class WebhookGuardTests(GuardedApplication guarded)
{
    [Theory]
    [InlineData("http://169.254.169.254/")]
    [InlineData("https://169.254.169.254/")]
    [InlineData("https://localhost/")]
    [InlineData("https://[::1]/")]
    public async Task Submit_PrivateLiteral_Is400AndLeavesNoTrace(string url)
    {
        using var user = guarded.NewUser();
        await IvgClient.AssertProblemAsync(
            await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64), ("callback_url", url))), 400, "invalid_callback_url");
        await using var database = await guarded.App.Database.OpenConnectionAsync();
        Assert.Equal(0, await database.ExecuteScalarAsync<int>(
            "select (select count(*) from jobs where session_id = @SessionId)::int + (select count(*) from image_assets where session_id = @SessionId)::int", new { user.SessionId }));
    }

    [Fact]
    public async Task Name_of_a_private_address_is_refused_when_connecting()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var user = guarded.NewUser();
        // The machine's own name passes at submit, and resolves to itself.
        var url = $"https://{Dns.GetHostName()}:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        var job = await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64), ("callback_url", url));
        var view = await Until.TrueAsync(async () =>
            await user.GetJsonAsync($"/api/jobs/{job["job_id"]}") is var now && now["callback"]!["deliveries"]!.AsArray().Count > 0 ? now : null, IvgClient.Patience, "a try");

        Assert.Equal("address_not_allowed", (string?)view["callback"]!["deliveries"]![0]!["error"]);
        Assert.Null(view["callback"]!["delivered_at"]);
        Assert.False(listener.Pending());
    }
}
