using Dapper;
using Ivg.Core.Jobs;
using Ivg.Tests.Application;
using StackExchange.Redis;

namespace Ivg.Tests.Jobs;

/// <summary>What Redis lost is written again from the rows: all of it, and nothing twice.</summary>
public sealed class SweeperRebuildTests
{
    [Fact]
    public async Task Emptied_redis_gets_exactly_one_entry_for_each_ready_row()
    {
        await using var rig = await SweepRig.StartAsync();
        var ready = await rig.InsertAsync(1700);
        await rig.InsertAsync(300, ready: false);
        var (one, two) = (rig.NewSweeper(), rig.NewSweeper());
        await one.SweepAsync(reconcile: true, CancellationToken.None);
        Assert.Equal(ready.Length, await rig.Redis.StreamLengthAsync(SweepRig.Queue));
        await rig.AgeAsync();
        await rig.Redis.ExecuteAsync("FLUSHDB");

        // Two replicas, as always.
        await Until.TrueAsync(async () =>
        {
            await Task.WhenAll(one.SweepAsync(reconcile: true, CancellationToken.None), two.SweepAsync(reconcile: true, CancellationToken.None));
            return await rig.Redis.StreamLengthAsync(SweepRig.Queue) >= ready.Length;
        }, IvgClient.Patience, "the stream to be whole");
        await one.SweepAsync(reconcile: true, CancellationToken.None);

        Assert.Equal(ready.Order(), (await rig.EntriesAsync()).Order());
        // The group is there again and begins at the beginning.
        Assert.Equal(ready.Length, (await rig.ReadAsync("worker", 5000)).Count);
    }

    [Fact]
    public async Task Loss_behind_a_long_queue_is_found_and_the_queue_is_not_doubled()
    {
        // More than one round looks at.
        const int count = 10_400;
        await using var rig = await SweepRig.StartAsync();
        await rig.InsertAsync(count);
        var sweeper = rig.NewSweeper();
        await Until.TrueAsync(async () =>
        {
            await sweeper.SweepAsync(reconcile: false, CancellationToken.None);
            return await rig.Redis.StreamLengthAsync(SweepRig.Queue) == count;
        }, IvgClient.Patience, "the queue");
        await rig.AgeAsync();
        var last = await rig.Redis.StreamRangeAsync(SweepRig.Queue, count: 3, messageOrder: Order.Descending);
        await rig.Redis.StreamDeleteAsync(SweepRig.Queue, [.. last.Select(entry => entry.Id)]);
        for (var round = 0; round < 2; round++) await sweeper.SweepAsync(reconcile: true, CancellationToken.None);

        var entries = await rig.EntriesAsync();
        Assert.Equal((count, count), (entries.Count, entries.Distinct().Count()));
        Assert.Equal(last.Select(entry => Guid.Parse(entry["job_id"].ToString())).Order(), entries.TakeLast(3).Order());
    }

    [Fact]
    public async Task SweepNow_AnotherRoundUnderWay_WaitsForItAndTellsWhatItDid()
    {
        await using var rig = await SweepRig.StartAsync();
        await rig.InsertAsync(4);
        await rig.InsertAsync(3, status: "running");
        await rig.ExecuteAsync("update jobs set lease_until = now() - interval '1 second', crash_count = case when job_id = (select job_id from jobs order by job_id desc limit 1) then 1 else 0 end where status = 'running'");
        await using var other = await rig.Servers.Database.OpenConnectionAsync();
        await using var round = await other.BeginTransactionAsync();
        await other.ExecuteAsync("select pg_advisory_xact_lock(@key)", new { key = JobSweeper.LockKey });
        Assert.Null(await rig.NewSweeper().SweepAsync(reconcile: true, CancellationToken.None));
        var sweeping = rig.NewSweeper().SweepNowAsync(CancellationToken.None);
        await Until.TrueAsync(() => other.ExecuteScalarAsync<bool>("select exists (select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database()))"), IvgClient.Patience, "the sweep to wait");
        Assert.Empty(await rig.EntriesAsync());
        await round.RollbackAsync();

        Assert.Equal(new SweepOutcome(Requeued: 4 + 2, Ended: 1), await sweeping);
        Assert.Equal(6, (await rig.EntriesAsync()).Count);
        Assert.Equal(new SweepOutcome(0, 0), await rig.NewSweeper().SweepNowAsync(CancellationToken.None));
    }

    [Fact]
    public async Task SweepNow_JustAfterPostgresWasAway_TakesNoJobFromItsWorker()
    {
        await using var rig = await SweepRig.StartAsync();
        await rig.InsertAsync(1, status: "running");
        await rig.ExecuteAsync("update jobs set lease_until = now() - interval '1 second'");
        var sweeper = rig.NewSweeper();
        sweeper.TrustsLeases = false;

        Assert.Equal(new SweepOutcome(0, 0), await sweeper.SweepNowAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Handed_back_job_is_not_enqueued_by_two()
    {
        await using var rig = await SweepRig.StartAsync();
        var jobId = Assert.Single(await rig.InsertAsync(1));
        var lease = (await rig.Leases.ClaimAsync(jobId, streamId: null))!;
        var ended = await rig.Finisher.HandBackAsync(lease.Job, CancellationToken.None);
        await rig.Dispatcher.TryDispatchAsync(ended.Ready);
        // The row is told of its entry half a second later; the sweeper comes before that.
        await rig.NewSweeper().SweepAsync(reconcile: true, CancellationToken.None);

        Assert.Equal([jobId], await rig.EntriesAsync());
    }

    [Fact]
    public async Task Last_victims_of_lost_workers_free_their_places_though_redis_is_away()
    {
        await using var rig = await SweepRig.StartAsync();
        await rig.InsertAsync(2, status: "running");
        await rig.ExecuteAsync("update jobs set crash_count = 1, lease_until = now() - interval '1 second', stream_id = '1-1'");
        var next = await rig.InsertAsync(3, ready: false);
        await Assert.ThrowsAnyAsync<RedisException>(() => rig.NewSweeper(new JobStream()).SweepAsync(reconcile: true, CancellationToken.None));

        await using var connection = await rig.Servers.Database.OpenConnectionAsync();
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("select count(*)::int from jobs where status = 'failed' and error->>'code' = 'worker_lost'"));
        Assert.Equal(next.Take(2), await connection.QueryAsync<Guid>("select job_id from jobs where status = 'queued' and ready_at is not null order by job_id"));
    }
}
