using System.Collections.Concurrent;
using System.Net;
using Dapper;
using Ivg.Core.Data;
using Ivg.Core.Jobs;
using Ivg.Tests.Generation;
using Microsoft.Extensions.Options;

namespace Ivg.Tests.Application;

/// <summary>Who may not join the queue is told when to come back; limits hold however many submit at once.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task Submit_FullQueue_TellsWhenAPlaceIsFreeBySessionsOwnPace()
    {
        await using var servers = await OwnServers.CreateAsync();
        var (api, address) = await ServiceProcess.StartListeningAsync("Ivg.Api", servers.Settings(("MAX_QUEUED_PER_USER", "4")));
        await using var _ = api;
        using var user = new IvgClient(address, "anna");
        // Five wait, the oldest for 60 s; twelve have started since, one a five seconds. Two must start until there is room.
        await InsertAsync(servers, user.SessionId, "queued", 5, createdAgo: 60);
        await InsertAsync(servers, user.SessionId, "succeeded", 12, createdAgo: 70, startedAgo: 50, finishedAgo: 45);
        // What started before anybody waited says nothing of the wait.
        await InsertAsync(servers, user.SessionId, "succeeded", 30, createdAgo: 500, startedAgo: 400, finishedAgo: 300);
        using var refused = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64)));

        await IvgClient.AssertProblemAsync(refused, 429, "queue_full");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 10, 15);
    }

    [Theory]
    [InlineData(3)]
    // Later than the session's own, which wait for its turn, and served before them all the same.
    [InlineData(1)]
    public async Task RetryAfter_NothingOfTheSessionStarted_IsTheQueuesPace(int othersCreatedAgo)
    {
        await using var servers = await OwnServers.CreateAsync();
        await InsertAsync(servers, "default:bert", "queued", 6, othersCreatedAgo, ready: true);
        await InsertAsync(servers, "default:anna", "queued", 2, createdAgo: 2);
        await InsertAsync(servers, "default:carl", "succeeded", 10, createdAgo: 40, startedAgo: 30, finishedAgo: 22);
        await InsertAsync(servers, "default:dora", "running", 4, createdAgo: 9, startedAgo: 4);

        // Six ahead and one of its own, at 8 s each and four at once.
        Assert.Equal(14, await RetryAfterAsync(servers, "default:anna"));
    }

    [Theory]
    // Nothing was measured, and the burst came this moment.
    [InlineData(0, 10)]
    // Nothing has moved for a minute and a half.
    [InlineData(90, 90)]
    [InlineData(3000, 600)]
    public async Task RetryAfter_NothingEverMoved_GrowsWithTheWait(int createdAgo, int expected)
    {
        await using var servers = await OwnServers.CreateAsync();
        await InsertAsync(servers, "default:anna", "queued", 2, createdAgo);
        Assert.InRange(await RetryAfterAsync(servers, "default:anna"), expected, Math.Min(600, expected + 5));
    }

    [Fact]
    public async Task RetryAfter_EverythingStartedMeanwhile_IsAtOnce()
    {
        await using var servers = await OwnServers.CreateAsync();
        Assert.Equal(1, await RetryAfterAsync(servers, "default:anna"));
    }

    [Fact]
    public async Task Sixty_users_of_a_limited_tenant_at_once_on_two_processes_overrun_nothing()
    {
        await using var servers = await OwnServers.CreateAsync();
        var settings = servers.Settings(("MAX_QUEUED_PER_TENANT", "7"));
        var (one, first) = await ServiceProcess.StartListeningAsync("Ivg.Api", settings);
        await using var _ = one;
        var (two, second) = await ServiceProcess.StartListeningAsync("Ivg.Api", settings);
        await using var __ = two;
        var statuses = new ConcurrentBag<HttpStatusCode>();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async n =>
        {
            using var user = new IvgClient(n % 2 == 0 ? first : second, $"user-{n}");
            using var response = await SubmitAsync(user, ("X-Tenant-Id", "big"));
            statuses.Add(response.StatusCode);
            if (response.StatusCode == HttpStatusCode.Accepted) return;
            await IvgClient.AssertProblemAsync(response, 429, "queue_full");
            Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 600);
        }));

        Assert.Equal((7, 53), (statuses.Count(status => status == HttpStatusCode.Accepted), statuses.Count(status => status == HttpStatusCode.TooManyRequests)));
        await using var connection = await servers.Database.OpenConnectionAsync();
        Assert.Equal((7, 7), await connection.QuerySingleAsync<(int, int)>("select (select count(*)::int from jobs), (select count(*)::int from image_assets)"));
        // Other tenants, and users of none, have nothing to do with it.
        using var stranger = new IvgClient(first, "user-1");
        Assert.Equal(HttpStatusCode.Accepted, (await SubmitAsync(stranger, ("X-Tenant-Id", "small"))).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await SubmitAsync(stranger)).StatusCode);
    }

    private static Task<HttpResponseMessage> SubmitAsync(IvgClient user, params (string, string)[] headers) =>
        user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(32, 32)), headers);

    private static Task<int> RetryAfterAsync(OwnServers servers, string session)
    {
        DapperConventions.Apply();
        return new QueuePace(servers.Database, new QueuePlaces(servers.Database), Options.Create(new JobOptions { MaxQueuedPerUser = 2 }))
            .RetryAfterAsync(SubmitOutcome.QueueFull, session, tenantId: null, CancellationToken.None);
    }

    private static async Task InsertAsync(
        OwnServers servers, string session, string status, int count, int createdAgo, int? startedAgo = null, int? finishedAgo = null, bool ready = false)
    {
        await using var connection = await servers.Database.OpenConnectionAsync();
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7(TimeProvider.System.GetUtcNow().AddSeconds(-createdAgo))).ToArray();
        await connection.ExecuteAsync("""
            insert into jobs (job_id, session_id, kind, status, max_attempts, request_id, payload, created_at, started_at, finished_at, lease_until, ready_at, enqueued_at)
            select id, @session, 'variation', @status, 3, 'test', '{}', now() - @createdAgo * interval '1 second', now() - @startedAgo * interval '1 second',
              now() - @finishedAgo * interval '1 second', case when @status = 'running' then now() + interval '1 hour' end,
              case when @ready then now() end, case when @ready then now() end
            from unnest(@ids) id
            """, new { ids, session, status, createdAgo, startedAgo, finishedAgo, ready });
    }
}
