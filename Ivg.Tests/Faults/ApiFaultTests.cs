using Dapper;
using Ivg.Tests.Application;
using Ivg.Tests.Streams;

namespace Ivg.Tests.Faults;

/// <summary>An API process is killed under its readers.</summary>
[Collection("faults")]
public sealed class ApiFaultTests(FaultApplication faults)
{
    private readonly IvgApplication _app = faults.App;

    [Fact]
    public async Task Killed_with_open_streams_readers_go_on_at_another_instance_with_no_gap_and_no_repeat()
    {
        using var user = _app.NewUser();
        var (api, address) = await faults.StartApiAsync();
        await using var _ = api;
        using var there = new IvgClient(address, user.SessionId.Split(':')[1]);
        await using var session = await LiveStream.OpenAsync(there);
        var slow = Work.Slow(_app, 3000);
        var job = await Work.SubmitAsync(there, slow);
        var path = $"/api/jobs/{job["job_id"]}/stream";
        await using var single = await LiveStream.OpenAsync(there, path, lastEventId: 1);
        await Work.AtProviderAsync(_app, slow);
        var ofSession = (await session.ReadUntilAsync(so => so.Any(one => one.Type == "running"))).ToList();
        var ofJob = (await single.ReadUntilAsync(so => so.Any(one => one.Type == "running"))).ToList();
        await Signals.SendAsync(api.ProcessId, "KILL");
        await Assert.ThrowsAnyAsync<Exception>(() => session.ReadUntilAsync(so => LiveStream.Over(so, 1)));
        await Assert.ThrowsAnyAsync<Exception>(() => single.ReadUntilAsync(so => LiveStream.Over(so, 1)));

        await using var sessionAgain = await LiveStream.OpenAsync(user, lastEventId: ofSession[^1].Id);
        await using var singleAgain = await LiveStream.OpenAsync(user, path, ofJob[^1].Id);
        ofSession.AddRange(await sessionAgain.ReadUntilAsync(so => LiveStream.Over(so, 1)));
        ofJob.AddRange(await singleAgain.ReadUntilAsync(so => LiveStream.Over(so, 1)));
        await using var connection = await _app.Database.OpenConnectionAsync();
        var stored = (await connection.QueryAsync<(long EventId, long Version, string Type)>(
            "select event_id, job_version, type from job_events where session_id = @SessionId order by event_id", new { user.SessionId })).ToList();
        Assert.Equal(stored.Select(one => (one.EventId, one.Type)), ofSession.Select(one => (one.Id, one.Type)));
        Assert.Equal(stored.Skip(1).Select(one => (one.Version, one.Type)), ofJob.Select(one => (one.Id, one.Type)));
    }
}
