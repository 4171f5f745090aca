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
}
