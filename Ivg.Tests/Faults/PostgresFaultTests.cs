using System.Net;
using Dapper;
using Ivg.Tests.Application;

namespace Ivg.Tests.Faults;

/// <summary>Postgres goes and comes back; requests say so meanwhile.</summary>
[Collection("faults")]
public sealed class PostgresFaultTests(FaultApplication faults)
{
    private readonly IvgApplication _app = faults.App;

    [Fact]
    public async Task Postgres_restarted_requests_fail_with_503_and_heal()
    {
        using var user = _app.NewUser();
        var before = await user.FinishAsync(await Work.SubmitAsync(user, "postgres-1"));
        await _app.CommandAsync("postgres", "stop");
        using (var down = await user.Http.GetAsync("/api/history"))
        {
            await IvgClient.AssertProblemAsync(down, 503, "unavailable");
            Assert.NotNull(down.Headers.RetryAfter);
        }
        Assert.Equal(HttpStatusCode.OK, (await user.Http.GetAsync("/api/health")).StatusCode);
        await _app.CommandAsync("postgres", "start");
        // The test's own connections are as dead as everybody's.
        _app.Database.Clear();
        // Readiness is up to two seconds old, and may still speak of the time before.
        await Until.TrueAsync(async () => (await user.Http.GetAsync("/api/history")).IsSuccessStatusCode, IvgClient.Patience, "the history");

        Assert.Single((await user.GetJsonAsync("/api/history"))["items"]!.AsArray());
        Assert.Equal("succeeded", (string?)(await user.FinishAsync(await Work.SubmitAsync(user, "postgres-2")))["status"]);
        Assert.NotEmpty(await user.ImageAsync(before));
    }

    [Fact]
    public async Task Postgres_restarted_under_load_every_job_ends_with_its_images()
    {
        using var user = _app.NewUser();
        var (slow, quick) = (Work.Slow(_app, 3000, times: 8), Work.Slow(_app, 200, times: 32));
        var jobs = (await Work.SubmitManyAsync(user, slow, 8)).Concat(await Work.SubmitManyAsync(user, quick, 32)).ToList();
        await Work.AtProviderAsync(_app, slow, calls: 4);
        await _app.CommandAsync("postgres", "restart");
        _app.Database.Clear();

        var done = await Task.WhenAll(jobs.Select(user.FinishAsync));
        // No worker died, so nobody may be told so.
        Assert.All(done, job => Assert.True((string?)job["status"] == "succeeded", job.ToJsonString()));
        await Books.BalanceAsync(_app, user, done);
        await Books.QuietAsync(_app);
    }

    [Fact]
    public async Task Outage_longer_than_a_lease_takes_no_job_from_a_living_worker()
    {
        using var user = _app.NewUser();
        var (done, running) = (Work.Slow(_app, 4000), Work.Slow(_app, 14_000));
        var jobs = new[] { await Work.SubmitAsync(user, done), await Work.SubmitAsync(user, running) };
        await Work.AtProviderAsync(_app, done);
        await Work.AtProviderAsync(_app, running);
        DateTime runOut;
        await using (var connection = await _app.Database.OpenConnectionAsync())
            runOut = await connection.ExecuteScalarAsync<DateTime>("select max(lease_until) from jobs where session_id = @SessionId", new { user.SessionId });
        await _app.CommandAsync("postgres", "stop");
        await Until.TrueAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() > runOut), IvgClient.Patience, "the leases to run out");
        await _app.CommandAsync("postgres", "start");
        _app.Database.Clear();

        foreach (var job in await Work.SucceedAsync(user, jobs)) Assert.Equal(1, (int)job["attempt"]!);
        Assert.Equal((1, 1), (Work.Calls(_app, done), Work.Calls(_app, running)));
    }
}
