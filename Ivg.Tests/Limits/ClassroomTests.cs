using System.Net;
using System.Text.Json.Nodes;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;
using Ivg.Tests.Publishing;

namespace Ivg.Tests.Limits;

/// <summary>The limits of production, for those whom they must not hit and for one whom they must.</summary>
public sealed class ClassroomTests
{
    private static readonly byte[] Picture = TestPictures.Png(32, 32);

    [Fact]
    public async Task Limits_of_production_let_thirty_people_behind_one_address_work_and_stop_one_who_floods()
    {
        // Nobody works here, so jobs wait and are polled.
        await using var servers = await OwnServers.CreateAsync();
        var (api, address) = await ServiceProcess.StartListeningAsync("Ivg.Api", servers.Settings(LimitsOfProduction.Read()));
        await using var _ = api;
        // Who has no key is known by a cookie, and the address counts.
        await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
        {
            using var browser = new IvgClient(address, null);
            using var first = await browser.Http.GetAsync("/api/history");
            browser.Http.DefaultRequestHeaders.Add("Cookie", first.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
            browser.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
            for (var i = 0; i < 3; i++)
            {
                using var submitted = await browser.PostAsync("/api/variations", IvgClient.Form(Picture));
                Assert.Equal(HttpStatusCode.Accepted, submitted.StatusCode);
                var job = (string)JsonNode.Parse(await submitted.Content.ReadAsStringAsync())!["links"]!["self"]!;
                for (var poll = 0; poll < 20; poll++) using (var polled = await browser.Http.GetAsync(job)) Assert.Equal(HttpStatusCode.OK, polled.StatusCode);
            }
        }));

        using var flooding = new IvgClient(address, $"flood-{Guid.NewGuid():N}");
        // More than a minute's, and what flows into the bucket meanwhile.
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            using var answer = await flooding.PostAsync("/api/variations", IvgClient.Form(null));
            return answer.StatusCode;
        }));
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }
}
