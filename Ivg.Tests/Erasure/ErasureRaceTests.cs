using System.Net;
using Dapper;
using Ivg.Core.History;
using Ivg.Core.Jobs;
using Ivg.Tests.Application;
using Ivg.Tests.Faults;
using Ivg.Tests.Jobs;

namespace Ivg.Tests.Erasure;

/// <summary>Erasing against everything that writes to what is erased.</summary>
public sealed class ErasureRaceTests
{
    private const string Session = "default:anna";

    [Fact]
    public async Task Erase_that_races_with_the_finish_leaves_nothing_whichever_comes_first()
    {
        var app = await SharedApplication.GetAsync();
        var wait = TimeSpan.FromMilliseconds(80);
        var finishedFirst = new HashSet<bool>();
        for (var round = 0; round < 25 || (finishedFirst.Count < 2 && round < 100); round++)
        {
            using var user = app.NewUser();
            var id = $"erase-race-{Guid.NewGuid():N}";
            var job = await Work.SubmitAsync(user, id);
            await Task.Delay(wait);
            var before = await user.GetJsonAsync((string)job["links"]!["self"]!);
            using var erased = await user.Http.DeleteAsync("/api/history");

            Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
            await Leftovers.AssertNoneAsync(app, user.SessionId);
            // The worker may still be at it; once the session's next job is through, the erased one's end has come too.
            await Work.SucceedAsync(user, [await Work.SubmitAsync(user, id)]);
            Assert.Single((await user.GetJsonAsync("/api/history"))["items"]!.AsArray());
            Assert.Single((await user.GetJsonAsync("/api/jobs"))["items"]!.AsArray());
            var finished = (string?)before["status"] == "succeeded";
            finishedFirst.Add(finished);
            wait *= finished ? 0.8 : 1.2;
        }
        Assert.Equal(2, finishedFirst.Count);
    }

    [Fact]
    public async Task Finish_of_an_erased_job_is_thrown_away_with_its_pictures()
    {
        await using var rig = await SweepRig.StartAsync();
        var jobId = Assert.Single(await rig.InsertAsync(1, session: Session));
        using var lease = await rig.Leases.ClaimAsync(jobId, "1-0");
        await new Eraser(rig.Servers.Database, new JobNotifier()).EraseAsync(Session, CancellationToken.None);
        var output = new JobOutput([new ProducedImage([1, 2, 3], "image/png", 1, 1)], "offline", "offline-1");

        Assert.False((await rig.Finisher.SucceedAsync(lease!.Job, output, CancellationToken.None)).Done);
        Assert.False((await rig.Finisher.RetryAsync(lease.Job, new JobError("internal", "x", true), TimeSpan.Zero, CancellationToken.None)).Done);
        await Leftovers.AssertNoneAsync(rig.Servers.Database, Session);
        await using var connection = await rig.Servers.Database.OpenConnectionAsync();
        rig.Leases.Beat(connection);
        Assert.Equal(LeaseLoss.Fenced, lease.Loss);
    }

    [Fact]
    public async Task Erase_waits_for_a_claim_that_was_first_and_takes_its_event_too()
    {
        await using var rig = await SweepRig.StartAsync();
        var jobId = Assert.Single(await rig.InsertAsync(1, session: Session));
        await using var claim = await rig.Servers.Database.OpenConnectionAsync();
        await using var transaction = await claim.BeginTransactionAsync();
        await claim.ExecuteAsync("""
            update jobs set status = 'running', version = version + 1 where job_id = @jobId;
            insert into job_events (job_id, job_version, type, data, session_id) values (@jobId, 2, 'running', '{}', @Session);
            """, new { jobId, Session }, transaction);
        var erasing = new Eraser(rig.Servers.Database, new JobNotifier()).EraseAsync(Session, CancellationToken.None);
        await Until.TrueAsync(() => WaitsAsync(rig), IvgClient.Patience, "the erasure to wait for the row");
        await transaction.CommitAsync();
        await erasing;

        await Leftovers.AssertNoneAsync(rig.Servers.Database, Session);
    }

    private static async Task<bool> WaitsAsync(SweepRig rig)
    {
        await using var connection = await rig.Servers.Database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<bool>(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%delete from jobs%')");
    }
}
