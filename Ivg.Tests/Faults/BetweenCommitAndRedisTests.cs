using System.Text.Json.Nodes;
using Dapper;
using Ivg.Tests.Application;

namespace Ivg.Tests.Faults;

/// <summary>Processes are killed after Postgres has been told and before Redis has.</summary>
[Collection("faults")]
public sealed class BetweenCommitAndRedisTests(FaultApplication faults)
{
    private readonly IvgApplication _app = faults.App;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Api_killed_before_the_entry_the_job_is_found_and_runs_once(bool answered)
    {
        using var user = _app.NewUser();
        var (api, address) = await faults.StartApiAsync();
        await using var _ = api;
        using var there = new IvgClient(address, user.SessionId.Split(':')[1]);
        await using var redis = await _app.ConnectRedisAsync();
        await using (await FaultApplication.HoldWritesAsync(redis))
        {
            var answer = Work.SubmitAsync(there, $"entry-{Guid.NewGuid():N}");
            // The row is committed before the entry is tried; a write that is held back dies with its connection.
            await Until.TrueAsync(async () => await JobsAsync(user) is [_], IvgClient.Patience, "the job's row");
            if (answered) await answer;
            await Signals.SendAsync(api.ProcessId, "KILL");
            await api.ExitAsync();
            if (!answered) await answer.ContinueWith(gone => gone.Exception, TaskScheduler.Default);
            Assert.Equal(0, await redis.GetDatabase().StreamLengthAsync("ivg_generate"));
        }

        var done = Assert.Single(await Work.SucceedAsync(user, await JobsAsync(user)));
        Assert.Equal((1, 1), ((int)done["attempt"]!, Work.Calls(_app, (string)done["request_id"]!)));
        await Books.BalanceAsync(_app, user, [done]);
        await Books.QuietAsync(_app);
    }

    [Fact]
    public async Task Worker_killed_before_the_acknowledgement_the_job_is_not_run_again()
    {
        using var user = _app.NewUser();
        var slow = Work.Slow(_app, 1000);
        var job = await Work.SubmitAsync(user, slow);
        await Work.AtProviderAsync(_app, slow);
        await using var redis = await _app.ConnectRedisAsync();
        JsonObject done;
        await using (await FaultApplication.HoldWritesAsync(redis))
        {
            done = Assert.Single(await Work.SucceedAsync(user, [job]));
            await faults.KillAndStartAsync("generate-worker");
            Assert.Equal(1, (await redis.GetDatabase().StreamPendingAsync("ivg_generate", "workers")).PendingMessageCount);
        }

        await Books.QuietAsync(_app);
        var after = await user.GetJsonAsync($"/api/jobs/{job["job_id"]}");
        Assert.Equal(done, after, JsonNode.DeepEquals);
        Assert.Equal((1, 1), ((int)after["attempt"]!, Work.Calls(_app, slow)));
        await Books.BalanceAsync(_app, user, [after]);
    }

    private async Task<List<JsonObject>> JobsAsync(IvgClient user)
    {
        await using var connection = await _app.Database.OpenConnectionAsync();
        var ids = await connection.QueryAsync<Guid>("select job_id from jobs where session_id = @SessionId", new { user.SessionId });
        return [.. ids.Select(id => new JsonObject { ["job_id"] = id.ToString() })];
    }
}
