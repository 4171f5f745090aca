using Dapper;
using Ivg.Tests.Application;
using Ivg.Tests.Streams;
using StackExchange.Redis;

namespace Ivg.Tests.Faults;

/// <summary>Connections to Redis are cut while everything works; neither a delivery nor an event is lost with them.</summary>
[Collection("faults")]
public sealed class RedisConnectionTests(FaultApplication faults)
{
    private const int Jobs = 30;

    private readonly IvgApplication _app = faults.App;

    [Fact]
    public async Task Cut_again_and_again_every_job_ends_once_and_streams_go_on()
    {
        using var user = _app.NewUser();
        await using var stream = await LiveStream.OpenAsync(user);
        await using var redis = await _app.ConnectRedisAsync();
        var jobs = await Work.SubmitManyAsync(user, Work.Slow(_app, 100, times: Jobs), Jobs);
        var following = stream.ReadUntilAsync(so => LiveStream.Over(so, Jobs));
        var cut = await CutWhileWorkingAsync(user, redis.GetDatabase());
        Assert.True(cut.Normal >= Jobs / 2 && cut.PubSub > 0, cut.ToString());

        var done = await Work.SucceedAsync(user, jobs);
        Assert.All(done, job => Assert.Equal(1, (int)job["attempt"]!));
        await using var connection = await _app.Database.OpenConnectionAsync();
        Assert.Equal(
            await connection.QueryAsync<long>("select event_id from job_events where session_id = @SessionId order by event_id", new { user.SessionId }),
            (await following).Select(one => one.Id));
        await Books.BalanceAsync(_app, user, done);
        await Books.QuietAsync(_app);
    }

    // Once for every other job that ends: always in the middle of something, and never so fast that nothing could be done in between.
    private async Task<(long Normal, long PubSub)> CutWhileWorkingAsync(IvgClient user, IDatabase redis)
    {
        var cut = (Normal: 0L, PubSub: 0L);
        await using var connection = await _app.Database.OpenConnectionAsync();
        for (var ended = 0; ended < Jobs; ended += 2)
        {
            cut.Normal += (long)await redis.ExecuteAsync("CLIENT", "KILL", "TYPE", "normal");
            cut.PubSub += (long)await redis.ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub");
            await Until.TrueAsync(() => connection.ExecuteScalarAsync<bool>(
                "select count(*) > @ended from jobs where session_id = @SessionId and status = 'succeeded'", new { ended, user.SessionId }), IvgClient.Patience, "jobs to end");
        }
        return cut;
    }
}
