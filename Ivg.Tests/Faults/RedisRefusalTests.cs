using System.Text.Json.Nodes;
using Ivg.Tests.Application;
using StackExchange.Redis;

namespace Ivg.Tests.Faults;

/// <summary>A Redis that answers and takes nothing: full, short of replicas, or a replica itself.</summary>
[Collection("faults")]
public sealed class RedisRefusalTests(FaultApplication faults)
{
    private static readonly string[] Processes = ["api", "generate-worker", "bg-worker"];

    private readonly IvgApplication _app = faults.App;

    [Theory]
    [InlineData("maxmemory", "1kb", "OOM command not allowed")]
    [InlineData("min-replicas-to-write", "1", "NOREPLICAS")]
    public async Task Writes_refused_submits_are_accepted_and_run_when_they_are_taken_again(string setting, string refusing, string words)
    {
        using var user = _app.NewUser();
        await using var redis = await _app.ConnectRedisAsync();
        var server = redis.GetServers()[0];
        await server.ConfigSetAsync(setting, refusing);
        JsonObject[] jobs;
        await using (new Afterwards(() => server.ConfigSetAsync(setting, "0")))
        {
            var refused = await Assert.ThrowsAsync<RedisServerException>(() => redis.GetDatabase().StringSetAsync("ivg:test", "1"));
            Assert.Contains(words, refused.Message);
            jobs = await Work.SubmitManyAsync(user, "refused-1", 5);
            // Whichever process sweeps says why.
            await Until.TrueAsync(() => Task.FromResult(Processes.Any(name => _app.ConsoleOf(name).Contains(words, StringComparison.Ordinal))),
                IvgClient.Patience, "the reason to be logged");
            foreach (var job in jobs) Assert.Equal("queued", (string?)(await user.GetJsonAsync($"/api/jobs/{job["job_id"]}"))["status"]);
        }

        var done = await Work.SucceedAsync(user, jobs);
        Assert.All(done, job => Assert.Equal(1, (int)job["attempt"]!));
        await Books.BalanceAsync(_app, user, done);
        await Books.QuietAsync(_app);
    }

    [Fact]
    public async Task Primary_become_a_replica_submits_are_accepted_and_run_when_it_is_one_again()
    {
        using var user = _app.NewUser();
        await using var redis = await _app.ConnectRedisAsync();
        var server = redis.GetServers()[0];
        var processes = Processes.SelectMany(_app.ProcessIds).ToList();
        JsonObject[] jobs;
        await using (new Afterwards(() => server.ExecuteAsync("REPLICAOF", "NO", "ONE")))
        {
            await server.ExecuteAsync("REPLICAOF", "127.0.0.1", "1");
            var refused = await Work.SubmitManyAsync(user, "replica-1", 5);
            // The server refuses until a client is told its role; from then on the client refuses some commands by itself.
            await server.ExecuteAsync("CLIENT", "KILL", "TYPE", "normal");
            await Until.TrueAsync(() => Task.FromResult(_app.ConsoleOf("generate-worker").Contains("READONLY", StringComparison.Ordinal)), IvgClient.Patience, "the worker to be refused");
            jobs = [.. refused, .. await Work.SubmitManyAsync(user, "replica-2", 5)];
        }

        var done = await Work.SucceedAsync(user, jobs);
        Assert.All(done, job => Assert.Equal(1, (int)job["attempt"]!));
        await Books.BalanceAsync(_app, user, done);
        await Books.QuietAsync(_app);
        // A sweep or a read that ended on it would have ended its process.
        Assert.Equal(processes, Processes.SelectMany(_app.ProcessIds));
    }
}
