using Dapper;
using Ivg.Core.Jobs;
using Ivg.Tests.Application;

namespace Ivg.Tests.Jobs;

/// <summary>A place in the queue is the number of jobs that are served before this one, plus one, whoever's they are.</summary>
public sealed class QueuePlacesTests
{
    [Fact]
    public async Task Later_jobs_of_others_that_are_served_first_are_counted_and_older_ones_that_back_off_are_not()
    {
        await using var rig = await SweepRig.StartAsync();
        rig.Options.Value.MaxConcurrentPerUser = 1;
        var submitter = new JobSubmitter(rig.Servers.Database, rig.Dispatcher, rig.Options, TimeProvider.System);
        var (anna1, anna2, bert1) = (await SubmitAsync(submitter, "anna"), await SubmitAsync(submitter, "anna"), await SubmitAsync(submitter, "bert"));
        var cutout = await SubmitAsync(submitter, "anna", JobKind.BackgroundRemoval);
        Job[] all = [anna1, bert1, anna2, cutout];

        // As soon as they are submitted, and when their rows have been told of their entries.
        Assert.Equal([1, 2, 3, 1], await PlacesAsync(rig, all));
        await using var connection = await rig.Servers.Database.OpenConnectionAsync();
        await Until.TrueAsync(() => connection.ExecuteScalarAsync<bool>("select count(*) = 3 from jobs where enqueued_at is not null"), IvgClient.Patience, "the rows to be told");
        Assert.Equal([1, 2, 3, 1], await PlacesAsync(rig, all));
        await rig.Stream.EnsureGroupAsync(SweepRig.Queue);
        Assert.Equal([anna1.JobId, bert1.JobId], await rig.ReadAsync("worker"));

        var running = (await rig.Leases.ClaimAsync(anna1.JobId, "7-1"))!.Job;
        await rig.Finisher.RetryAsync(running, new JobError(JobErrorCodes.ProviderTimeout, "Late.", true), TimeSpan.FromHours(1), CancellationToken.None);
        Assert.Equal([2, 1, 2, 1], await PlacesAsync(rig, all));
    }

    [Fact]
    public async Task Place_beyond_a_thousand_is_told_as_that()
    {
        await using var rig = await SweepRig.StartAsync();
        await rig.InsertAsync(1200, session: "crowd");
        await rig.ExecuteAsync("update jobs set enqueued_at = ready_at, stream_id = '1-1' where job_id in (select job_id from jobs limit 600)");
        var mine = new Job { JobId = Assert.Single(await rig.InsertAsync(1, ready: false)), SessionId = "", Kind = "variation", Status = "queued", RequestId = "", Payload = "" };

        Assert.Equal([1001], await PlacesAsync(rig, mine));
        await rig.ExecuteAsync("update jobs set status = 'cancelled', finished_at = now() where enqueued_at is null and ready_at is not null");
        Assert.Equal([601], await PlacesAsync(rig, mine));
    }

    private static async Task<IEnumerable<int>> PlacesAsync(SweepRig rig, params Job[] jobs)
    {
        var places = await new QueuePlaces(rig.Servers.Database).OfAsync(jobs, CancellationToken.None);
        return jobs.Select(job => places[job.JobId]);
    }

    private static async Task<Job> SubmitAsync(JobSubmitter submitter, string session, JobKind kind = JobKind.Variation) => (await submitter.SubmitAsync(
        new JobSubmission { SessionId = session, Kind = kind, RequestId = "place", Payload = new { } }, CancellationToken.None)).Job!;
}
