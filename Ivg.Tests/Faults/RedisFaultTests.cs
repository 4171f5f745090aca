using System.Text.Json.Nodes;
using Dapper;
using Ivg.Tests.Application;
using Npgsql;
using StackExchange.Redis;

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
        var running = Work.Slow(_app, 2000, times: 4);
        var jobs = (await Work.SubmitManyAsync(user, running, 4)).ToList();
        await Work.AtProviderAsync(_app, running, calls: 4);
        // While nothing is begun, a hundred are queued for certain, half of them in the stream.
        await _app.CommandAsync("api", "pause-variations");
        await using (new Afterwards(() => _app.CommandAsync("api", "resume-variations")))
        {
            await using var connection = await _app.Database.OpenConnectionAsync();
            for (var missing = 100; missing > 0; missing = await MissingAsync(connection, user, 100)) jobs.AddRange(await Work.SubmitManyAsync(user, "emptied-1", missing));
            await using var redis = await _app.ConnectRedisAsync();
            await redis.GetServers()[0].FlushAllDatabasesAsync();
        }

        await Books.BalanceAsync(_app, user, await Work.SucceedAsync(user, jobs));
        await Books.QuietAsync(_app);
    }

    [Fact]
    public async Task Redis_away_for_long_submits_are_accepted_and_workers_resume_by_themselves()
    {
        using var user = _app.NewUser();
        var worker = _app.ProcessIds("generate-worker")[0];
        var jobs = new List<JsonObject>();
        await using var connection = await _app.Database.OpenConnectionAsync();
        await using (await faults.WithoutRedisAsync())
        {
            // Longer than the longest read and several attempts to connect again.
            await Until.TrueAsync(async () =>
            {
                jobs.Add(await Work.SubmitAsync(user, "away-1"));
                return await connection.ExecuteScalarAsync<bool>("""
                    select max(last_read_at) < now() - interval '8 seconds' from workers where queue = 'ivg_generate' and seen_at > now() - interval '3 seconds'
                    """);
            }, IvgClient.Patience, "the worker to be without Redis for long");
        }

        await Books.BalanceAsync(_app, user, await Work.SucceedAsync(user, jobs));
        await Books.QuietAsync(_app);
        Assert.Equal(worker, Assert.Single(_app.ProcessIds("generate-worker")));
    }

    [Fact]
    public async Task Worker_started_without_redis_works_when_it_comes()
    {
        ServiceProcess worker;
        await using (await faults.WithoutRedisAsync())
        {
            worker = faults.LaunchWorker();
            await using var connection = await _app.Database.OpenConnectionAsync();
            await Until.TrueAsync(async () =>
            {
                Assert.False(worker.HasEnded, worker.Output);
                return await connection.ExecuteScalarAsync<bool>("select exists (select from workers where name like '%:' || @ProcessId || ':%')", new { worker.ProcessId });
            }, IvgClient.Patience, "the worker to report");
        }
        await using var _ = worker;
        await faults.ReadsAsync(worker.ProcessId);
        await using var redis = await _app.ConnectRedisAsync();
        await Until.TrueAsync(async () => (long)((RedisResult[])(await redis.GetDatabase().ExecuteAsync("PUBSUB", "NUMSUB", "ivg:cancel"))!)[1] == 3,
            IvgClient.Patience, "both workers of the application and this one to listen to cancels");
    }

    private static Task<int> MissingAsync(NpgsqlConnection connection, IvgClient user, int wanted) => connection.ExecuteScalarAsync<int>(
        "select @wanted - count(*)::int from jobs where session_id = @SessionId and status = 'queued'", new { wanted, user.SessionId });
}
