using Dapper;

namespace Ivg.Tests.Jobs;

/// <summary>A lease that ran out: why is told, and no attempt is beyond the last.</summary>
public sealed class LostWorkerTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 3)]
    public async Task Worker_lost_on_any_attempt_the_next_one_is_within_the_cap_and_the_second_loss_is_final(int most, int attempt)
    {
        await using var rig = await SweepRig.StartAsync();
        var jobId = Assert.Single(await rig.InsertAsync(1));
        await rig.ExecuteAsync("update jobs set max_attempts = @most, attempt = @attempt - 1", new { most, attempt });
        var first = (await rig.Leases.ClaimAsync(jobId, "7-1"))!.Job;

        await LoseAsync(rig);
        Assert.Equal(("queued", "worker_lost", true, 1), await StateAsync(rig));
        var second = (await rig.Leases.ClaimAsync(jobId, "7-2"))!.Job;
        Assert.Equal((attempt, first.Fence + 1), (first.Attempt, second.Fence));
        Assert.Equal(Math.Min(attempt + 1, most), second.Attempt);
        // The reason is told while the next attempt runs, too.
        Assert.Contains("worker_lost", second.Error, StringComparison.Ordinal);

        await LoseAsync(rig);
        Assert.Equal(("failed", "worker_lost", false, 2), await StateAsync(rig));
        await using var connection = await rig.Servers.Database.OpenConnectionAsync();
        Assert.Equal(second.Attempt, await connection.ExecuteScalarAsync<int>("select attempt from jobs"));
        Assert.Equal(["queued true", "failed false"], await connection.QueryAsync<string>(
            "select concat_ws(' ', type, data->'error'->>'retryable') from job_events where type in ('queued', 'failed') order by job_version"));
    }

    private static async Task LoseAsync(SweepRig rig)
    {
        await rig.ExecuteAsync("update jobs set lease_until = now() - interval '1 second'");
        await rig.NewSweeper().SweepAsync(reconcile: false, CancellationToken.None);
    }

    private static async Task<(string, string, bool, int)> StateAsync(SweepRig rig)
    {
        await using var connection = await rig.Servers.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(string, string, bool, int)>(
            "select status, error->>'code', (error->>'retryable')::boolean, crash_count from jobs");
    }
}
