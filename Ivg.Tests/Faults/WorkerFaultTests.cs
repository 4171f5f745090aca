using System.Text.Json.Nodes;
using Dapper;
using Ivg.Tests.Application;

namespace Ivg.Tests.Faults;

/// <summary>Workers die, freeze and leave; each job still has one result.</summary>
[Collection("faults")]
public sealed class WorkerFaultTests(FaultApplication faults)
{
    private readonly IvgApplication _app = faults.App;

    [Fact]
    public async Task Killed_workers_job_runs_again_and_gives_one_result()
    {
        using var user = _app.NewUser();
        var job = await Work.SubmitAsync(user, Work.Slow(_app, 4000));
        await Work.GeneratingAsync(user, job);
        await Signals.SendAsync(_app.ProcessIds("generate-worker")[0], "KILL");

        var done = await user.FinishAsync(job);
        Assert.Equal(("succeeded", 2), ((string?)done["status"], (int)done["attempt"]!));
        await Books.BalanceAsync(_app, user, [done]);
        await Books.QuietAsync(_app);
    }

    [Fact]
    public async Task Worker_killed_with_a_whole_lease_ahead_another_starts_its_job_within_35_seconds()
    {
        using var user = _app.NewUser();
        var slow = Work.Slow(_app, 60_000);
        ServiceProcess killed;
        JsonObject job;
        await using (await faults.WithoutWorkerAsync())
        {
            killed = await faults.StartWorkerAsync(("JOB_LEASE_SECONDS", "30"));
            job = await Work.SubmitAsync(user, slow);
            await Work.AtProviderAsync(_app, slow);
        }
        await using var _ = killed;
        var killedAt = await NowAsync();
        await Signals.SendAsync(killed.ProcessId, "KILL");

        var done = await user.FinishAsync(job);
        Assert.Equal(("succeeded", 2), ((string?)done["status"], (int)done["attempt"]!));
        Assert.InRange(await EventAsync(job, "running", attempt: 2) - killedAt, TimeSpan.Zero, TimeSpan.FromSeconds(35));
        await Books.BalanceAsync(_app, user, [done]);
        await Books.QuietAsync(_app);
    }

    [Fact]
    public async Task Stopped_workers_job_is_handed_back_in_under_a_second_after_the_grace()
    {
        using var user = _app.NewUser();
        var slow = Work.Slow(_app, 60_000, times: 4);
        JsonObject job;
        await using (await faults.WithoutWorkerAsync())
        {
            job = await Work.SubmitAsync(user, slow);
            // How long it takes is the best of a few: a machine that is crowded at that moment says nothing of it.
            var shortest = TimeSpan.MaxValue;
            for (var calls = 1; calls <= 4 && shortest > TimeSpan.FromSeconds(1); calls++)
            {
                await using var worker = await faults.StartWorkerAsync(("WORKER_GRACE_SECONDS", "0"));
                await Work.AtProviderAsync(_app, slow, calls);
                var stoppedAt = await NowAsync();
                await Signals.SendAsync(worker.ProcessId, "TERM");
                Assert.Equal(0, await worker.ExitAsync());
                var took = await EventAsync(job, "queued", attempt: 0) - stoppedAt;
                if (took < shortest) shortest = took;
            }
            Assert.InRange(shortest, TimeSpan.Zero, TimeSpan.FromSeconds(1));
            // So that the one that is left finds a provider that answers.
            _app.Emulator.Script.Clear();
        }

        var done = await user.FinishAsync(job);
        Assert.Equal(("succeeded", 1), ((string?)done["status"], (int)done["attempt"]!));
        await Books.BalanceAsync(_app, user, [done]);
        await Books.QuietAsync(_app);
    }

    [Fact]
    public async Task Stopped_workers_job_is_handed_back_without_counting_an_attempt()
    {
        using var user = _app.NewUser();
        var job = await Work.SubmitAsync(user, Work.Slow(_app, 30_000));
        await Work.GeneratingAsync(user, job);
        await _app.CommandAsync("generate-worker", "restart");

        var done = await user.FinishAsync(job);
        Assert.Equal(("succeeded", 1), ((string?)done["status"], (int)done["attempt"]!));
        await Books.BalanceAsync(_app, user, [done]);
        await Books.QuietAsync(_app);
    }

    [Fact]
    public async Task Frozen_workers_job_runs_elsewhere_and_its_late_result_is_thrown_away()
    {
        using var user = _app.NewUser();
        await using var second = await faults.StartWorkerAsync();
        var slow = Work.Slow(_app, 2000);
        var job = await Work.SubmitAsync(user, slow);
        await Work.AtProviderAsync(_app, slow);
        var frozen = await faults.OwnerOfAsync((string)job["job_id"]!);
        await Signals.SendAsync(frozen, "STOP");
        try
        {
            var done = await user.FinishAsync(job);
            Assert.Equal(("succeeded", 2), ((string?)done["status"], (int)done["attempt"]!));
        }
        finally
        {
            await Signals.SendAsync(frozen, "CONT");
        }
        // It wakes with the provider's answer in its socket, and finds that the job is somebody else's.
        await Until.TrueAsync(() => Task.FromResult((frozen == second.ProcessId ? second.Output : _app.ConsoleOf("generate-worker"))
            .Contains("is thrown away", StringComparison.Ordinal)), IvgClient.Patience, "the late result to be thrown away");

        var after = await user.FinishAsync(job);
        Assert.Equal(("succeeded", 2), ((string?)after["status"], (int)after["attempt"]!));
        Assert.Equal(2, Work.Calls(_app, slow));
        await Books.BalanceAsync(_app, user, [after]);
        await Books.QuietAsync(_app);
    }

    private async Task<DateTime> NowAsync()
    {
        await using var connection = await _app.Database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<DateTime>("select clock_timestamp()");
    }

    // By the database's clock, as NowAsync: when the job was last told to be so.
    private async Task<DateTime> EventAsync(JsonObject job, string type, int attempt)
    {
        await using var connection = await _app.Database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<DateTime>(
            "select max(created_at) from job_events where job_id = @id and type = @type and (data->>'attempt')::int = @attempt",
            new { id = Guid.Parse((string)job["job_id"]!), type, attempt });
    }
}
