using Ivg.Tests.Application;

namespace Ivg.Tests.Faults;

/// <summary>Redis goes, comes back, forgets; no job is lost.</summary>
[Collection("faults")]
public sealed class RedisFaultTests(FaultApplication faults)
{
    private readonly IvgApplication _app = faults.App;

    [Fact]
    public async Task Redis_restarted_in_the_middle_of_a_queue_loses_nothing()
    {
        using var user = _app.NewUser();
        var jobs = await Work.SubmitManyAsync(user, "redis-1", 30);
        await _app.CommandAsync("redis", "restart");
        var late = await Work.SubmitAsync(user, "redis-2");

        await Books.BalanceAsync(_app, user, await Work.SucceedAsync(user, jobs.Append(late)));
        await Books.QuietAsync(_app);
    }

    [Fact]
    public async Task Redis_emptied_with_a_full_queue_loses_nothing()
    {
        using var user = _app.NewUser();
        var jobs = await Work.SubmitManyAsync(user, Work.Slow(_app, 1000, times: 20), 40);
        await using (var redis = await _app.ConnectRedisAsync())
            await redis.GetServers()[0].FlushAllDatabasesAsync();

        await Books.BalanceAsync(_app, user, await Work.SucceedAsync(user, jobs));
        await Books.QuietAsync(_app);
    }

    [Fact]
    public async Task Redis_away_submits_are_accepted_and_run_when_it_is_back()
    {
        using var user = _app.NewUser();
        await _app.CommandAsync("redis", "stop");
        var job = await Work.SubmitAsync(user, "away-1");
        await _app.CommandAsync("redis", "start");

        await Work.SucceedAsync(user, [job]);
    }
}
