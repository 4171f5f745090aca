using Dapper;
using Ivg.Tests.Application;

namespace Ivg.Tests.Faults;

/// <summary>Workers are taken away under load, in order.</summary>
[Collection("faults")]
public sealed class ScaleTests(FaultApplication faults)
{
    private const int Slow = 16, Quick = 32;

    private readonly IvgApplication _app = faults.App;

    [Fact]
    public async Task Four_workers_become_one_and_no_job_is_punished()
    {
        using var user = _app.NewUser();
        await using var second = await faults.StartWorkerAsync();
        await using var third = await faults.StartWorkerAsync();
        await using var fourth = await faults.StartWorkerAsync();
        // Longer than the grace of a worker that stops.
        var slow = Work.Slow(_app, 6000, times: Slow);
        var quick = Work.Slow(_app, 200, times: Quick);
        var jobs = (await Work.SubmitManyAsync(user, slow, Slow)).Concat(await Work.SubmitManyAsync(user, quick, Quick)).ToList();
        await using var connection = await _app.Database.OpenConnectionAsync();
        await Until.TrueAsync(() => connection.ExecuteScalarAsync<bool>(
            "select count(distinct lease_owner) = 4 from jobs where session_id = @SessionId and status = 'running'", new { user.SessionId }), IvgClient.Patience, "four workers at work");
        ServiceProcess[] leaving = [second, third, fourth];
        foreach (var worker in leaving) await Signals.SendAsync(worker.ProcessId, "TERM");
        Assert.All(await Task.WhenAll(leaving.Select(worker => worker.ExitAsync())), code => Assert.Equal(0, code));

        var done = await Work.SucceedAsync(user, jobs);
        // The reason comes before the number, for whoever reads a failure.
        Assert.Empty(await connection.QueryAsync<string>(
            "select data->>'error' from job_events where session_id = @SessionId and type = 'queued' and data->>'error' is not null", new { user.SessionId }));
        Assert.All(done, job => Assert.Equal(1, (int)job["attempt"]!));
        var handedBack = await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from job_events where session_id = @SessionId and type = 'queued' and job_version > 1", new { user.SessionId });
        Assert.True(handedBack > 0, "Every job fitted into its worker's grace.");
        // What a stopping worker had just been given it hands back unbegun.
        Assert.InRange(Work.Calls(_app, slow) + Work.Calls(_app, quick), jobs.Count, jobs.Count + handedBack);
        await Books.BalanceAsync(_app, user, done);
        await Books.QuietAsync(_app);
    }
}
