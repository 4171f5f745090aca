using Dapper;
using Ivg.GeminiEmulator;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Jobs;

/// <summary>A worker whose connection breaks is told again of the entries that it has in hand.</summary>
public sealed class RedeliveryTests
{
    [Fact]
    public async Task Entry_in_hand_outlives_a_new_connection_and_goes_with_its_job()
    {
        var app = await SharedApplication.GetAsync();
        await using var servers = await OwnServers.CreateAsync();
        var settings = servers.Settings(("GEMINI_API_KEY", "test-key"), ("GEMINI_BASE_URL", app.Emulator.BaseUrl), ("IMAGE_PROVIDER", "nano_banana"));
        var (api, address) = await ServiceProcess.StartListeningAsync("Ivg.Api", settings);
        await using var _ = api;
        var (worker, __) = await ServiceProcess.StartListeningAsync("Ivg.GenerateWorker", settings);
        await using var ___ = worker;
        using var user = new IvgClient(address, "anna");
        var id = $"in-hand-{Guid.NewGuid():N}";
        app.Emulator.Script.Add(new ScriptStep { Behaviour = "ok", DelayMs = 12_000, RequestId = id });
        using var response = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64)), ("X-Request-Id", id));
        var job = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        await Until.TrueAsync(async () => (string?)(await user.GetJsonAsync($"/api/jobs/{job["job_id"]}"))["stage"] == "generating", IvgClient.Patience, "the job to run");

        await using var redis = await servers.ConnectRedisAsync();
        await using var database = await servers.Database.OpenConnectionAsync();
        var name = (await database.QuerySingleAsync<string>("select name from workers"));
        var killed = await database.ExecuteScalarAsync<DateTime>("select now()");
        foreach (var client in (await redis.GetServers()[0].ClientListAsync()).Where(client => client.Name == name))
            await redis.GetDatabase().ExecuteAsync("CLIENT", "KILL", "ID", client.Id);
        // By then it has asked for what it had, and blocked once more.
        await Until.TrueAsync(() => database.ExecuteScalarAsync<bool>("select last_read_at > @killed + interval '2.5 seconds' from workers", new { killed }),
            IvgClient.Patience, "the worker to read again");

        Assert.Equal(1, await redis.GetDatabase().StreamLengthAsync(SweepRig.Queue));
        Assert.Equal("succeeded", (string?)(await user.FinishAsync(job))["status"]);
        await Until.TrueAsync(async () => await redis.GetDatabase().StreamLengthAsync(SweepRig.Queue) == 0, IvgClient.Patience, "the entry to go");
    }
}
