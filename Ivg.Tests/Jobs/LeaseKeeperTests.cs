using Dapper;
using Ivg.Core.Jobs;
using Ivg.Tests.Application;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ivg.Tests.Jobs;

/// <summary>Nothing that a worker is busy with keeps it from its heartbeats.</summary>
public sealed class LeaseKeeperTests
{
    [Fact]
    public async Task Beats_come_from_a_thread_that_does_not_belong_to_the_pool()
    {
        var app = await SharedApplication.GetAsync();
        using var stop = new CancellationTokenSource();
        var (beats, ofPool) = (0, 0);
        var keeping = new LeaseKeeper(app.Database, TimeSpan.FromMilliseconds(20), connection =>
        {
            // The whole of it, for the pool's threads may all be taken when the answer comes.
            connection.Execute("select 1");
            if (Thread.CurrentThread.IsThreadPoolThread) Interlocked.Increment(ref ofPool);
            Interlocked.Increment(ref beats);
        }, NullLogger.Instance).RunAsync(stop.Token);
        await Until.TrueAsync(() => Task.FromResult(Volatile.Read(ref beats) >= 3), IvgClient.Patience, "three beats");
        await stop.CancelAsync();
        await keeping;

        Assert.Equal(0, ofPool);
    }

    [Fact]
    public async Task Lease_is_kept_while_every_connection_is_taken_and_after_its_own_was_cut()
    {
        await using var rig = await SweepRig.StartAsync(lease: 2);
        var jobId = Assert.Single(await rig.InsertAsync(1));
        await using var small = NpgsqlDataSource.Create(rig.Servers.DatabaseConnection + ";Maximum Pool Size=2;Application Name=keeper");
        var leases = new JobLeases(small, rig.Options, TimeProvider.System, NullLogger<JobLeases>.Instance);
        using var stop = new CancellationTokenSource();
        var keeping = leases.KeepAsync(stop.Token);
        using var lease = (await leases.ClaimAsync(jobId, streamId: null))!;
        await using var watch = await rig.Servers.Database.OpenConnectionAsync();
        await Until.TrueAsync(() => watch.ExecuteScalarAsync<bool>("select count(*) = 2 from pg_stat_activity where application_name = 'keeper'"), IvgClient.Patience, "both connections");
        await using var taken = await small.OpenConnectionAsync();

        await AssertRenewedAsync(watch, times: 3);
        await watch.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'keeper' and pid <> @ProcessID", new { taken.ProcessID });
        await AssertRenewedAsync(watch, times: 3);
        Assert.Equal(LeaseLoss.None, lease.Loss);
        await stop.CancelAsync();
        await keeping;
    }

    // Each later than the one before, and none of them late.
    private static async Task AssertRenewedAsync(NpgsqlConnection watch, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var before = await watch.ExecuteScalarAsync<DateTime>("select lease_until from jobs");
            await Until.TrueAsync(() => watch.ExecuteScalarAsync<bool>("select lease_until > @before from jobs", new { before }), IvgClient.Patience, "a beat");
            Assert.True(await watch.ExecuteScalarAsync<bool>("select lease_until > now() from jobs"));
        }
    }
}
