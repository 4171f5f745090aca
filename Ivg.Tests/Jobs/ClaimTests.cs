using Ivg.Core.Jobs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ivg.Tests.Jobs;

/// <summary>Claims whose answer is lost.</summary>
public sealed class ClaimTests
{
    [Fact]
    public async Task Claim_whose_answer_was_lost_is_found_by_its_owner_and_by_nobody_else()
    {
        await using var rig = await SweepRig.StartAsync();
        var job = (await rig.InsertAsync(1))[0];
        var (ours, theirs) = (Leases(rig), Leases(rig));
        var unheard = await ours.ClaimAsync(job, "7-1");
        ours.Release(unheard!);

        Assert.Null(await theirs.ClaimAsync(job, "7-1", again: true));
        Assert.Null(await ours.ClaimAsync(job, "7-1"));
        Assert.Null(await ours.ClaimAsync(job, "7-2", again: true));
        var found = await ours.ClaimAsync(job, "7-1", again: true);
        Assert.Equal((unheard!.Job.Attempt, unheard.Job.Fence + 1), (found!.Job.Attempt, found.Job.Fence));
    }

    [Fact]
    public async Task Job_in_two_entries_is_claimed_once()
    {
        await using var rig = await SweepRig.StartAsync();
        var job = (await rig.InsertAsync(1))[0];
        var leases = Leases(rig);
        var claims = await Task.WhenAll(leases.ClaimAsync(job, "7-1"), leases.ClaimAsync(job, "7-2"));
        Assert.Single(claims, lease => lease is not null);
    }

    private static JobLeases Leases(SweepRig rig) => new(rig.Servers.Database, rig.Options, TimeProvider.System, NullLogger<JobLeases>.Instance);
}
