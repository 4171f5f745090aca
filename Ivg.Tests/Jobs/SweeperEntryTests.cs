using Ivg.Core.Jobs;
using Ivg.Tests.Application;

namespace Ivg.Tests.Jobs;

/// <summary>Entries and consumers of workers that are gone: nothing is destroyed that somebody needs, and nothing stays that nobody does.</summary>
public sealed class SweeperEntryTests
{
    private const double ShortLease = 0.05;

    [Fact]
    public async Task Dead_consumers_entries_are_taken_over_before_it_is_forgotten()
    {
        await using var rig = await SweepRig.StartAsync(ShortLease);
        var jobs = await rig.InsertAsync(3);
        var sweeper = rig.NewSweeper(silence: TimeSpan.Zero);
        await sweeper.SweepAsync(reconcile: true, CancellationToken.None);
        Assert.Equal(3, (await rig.ReadAsync("dead")).Count);

        await Until.TrueAsync(async () =>
        {
            await sweeper.SweepAsync(reconcile: true, CancellationToken.None);
            return !(await rig.ConsumersAsync()).ContainsKey("dead");
        }, IvgClient.Patience, "the dead to be forgotten");
        Assert.Equal(jobs.Order(), (await rig.ReadAsync("heir")).Order());
        Assert.Equal(3, await rig.Redis.StreamLengthAsync(SweepRig.Queue));
    }

    [Fact]
    public async Task Consumer_that_holds_an_entry_is_not_forgotten_however_silent()
    {
        await using var rig = await SweepRig.StartAsync();
        var sweeper = rig.NewSweeper(silence: TimeSpan.Zero);
        await rig.InsertAsync(1);
        await sweeper.SweepAsync(reconcile: true, CancellationToken.None);
        await rig.ReadAsync("busy");
        await rig.CreateConsumerAsync("empty");
        await sweeper.SweepAsync(reconcile: true, CancellationToken.None);

        var consumers = await rig.ConsumersAsync();
        Assert.Equal(1, consumers["busy"]);
        Assert.DoesNotContain("empty", consumers.Keys);
    }

    [Fact]
    public async Task Silent_consumer_stays_for_its_hour()
    {
        await using var rig = await SweepRig.StartAsync();
        var sweeper = rig.NewSweeper();
        await sweeper.SweepAsync(reconcile: true, CancellationToken.None);
        await rig.CreateConsumerAsync("paused");
        await sweeper.SweepAsync(reconcile: true, CancellationToken.None);
        Assert.Contains("paused", (await rig.ConsumersAsync()).Keys);
    }

    [Fact]
    public async Task Entry_of_a_job_that_runs_for_long_is_left_to_its_worker()
    {
        await using var rig = await SweepRig.StartAsync(ShortLease);
        var sweeper = rig.NewSweeper();
        var jobId = Assert.Single(await rig.InsertAsync(1, status: "running"));
        var entry = await rig.AddAsync(jobId);
        await rig.ExecuteAsync("update jobs set stream_id = @entry", new { entry });
        await rig.Stream.EnsureGroupAsync(SweepRig.Queue);
        Assert.Equal([jobId], await rig.ReadAsync("worker"));
        await Until.TrueAsync(async () =>
        {
            await sweeper.SweepAsync(reconcile: true, CancellationToken.None);
            return (await rig.ConsumersAsync())["worker"] == 0;
        }, IvgClient.Patience, "the sweeper to look at it");

        Assert.Equal([jobId], await rig.EntriesAsync());
        await rig.Stream.CompleteAsync(SweepRig.Queue, entry);
        Assert.Equal(0, await rig.Redis.StreamLengthAsync(SweepRig.Queue));
        Assert.All(await rig.ConsumersAsync(), consumer => Assert.Equal(0, consumer.Value));
    }

    [Fact]
    public async Task Entries_that_nobody_will_acknowledge_are_removed_and_their_waiting_jobs_get_new_ones()
    {
        await using var rig = await SweepRig.StartAsync();
        var (waiting, running) = (Assert.Single(await rig.InsertAsync(1)), Assert.Single(await rig.InsertAsync(1, status: "running")));
        var (finished, unknown, late) = (Assert.Single(await rig.InsertAsync(1, status: "succeeded")), Guid.CreateVersion7(), Guid.CreateVersion7());
        await rig.Stream.EnsureGroupAsync(SweepRig.Queue);
        foreach (var jobId in new[] { waiting, running, finished })
            await rig.ExecuteAsync("update jobs set stream_id = @entry, enqueued_at = now() where job_id = @jobId", new { jobId, entry = await rig.AddAsync(jobId) });
        await rig.AddAsync(unknown);
        await rig.ReadAsync("dead");
        // What a careless hand does, or a failover that forgets who had what.
        await rig.Redis.ExecuteAsync("XGROUP", "DELCONSUMER", SweepRig.Queue, JobStream.Group, "dead");
        // Not delivered yet: whoever gets it will drop it.
        await rig.AddAsync(late);
        await rig.NewSweeper().SweepAsync(reconcile: true, CancellationToken.None);

        Assert.Equal([running, late, waiting], await rig.EntriesAsync());
        Assert.Equal([late, waiting], await rig.ReadAsync("heir"));
    }

    [Fact]
    public async Task Entries_in_somebodys_hands_are_no_orphans()
    {
        await using var rig = await SweepRig.StartAsync();
        await rig.Stream.EnsureGroupAsync(SweepRig.Queue);
        var finished = Assert.Single(await rig.InsertAsync(1, status: "succeeded"));
        await rig.AddAsync(finished);
        await rig.ReadAsync("worker");
        await rig.NewSweeper().SweepAsync(reconcile: true, CancellationToken.None);

        Assert.Equal([finished], await rig.EntriesAsync());
        Assert.Equal(1, (await rig.ConsumersAsync())["worker"]);
    }
}
