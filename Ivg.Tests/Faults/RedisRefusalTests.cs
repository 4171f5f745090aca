using System.Text.Json.Nodes;
using Ivg.Tests.Application;
using StackExchange.Redis;

namespace Ivg.Tests.Faults;

/// <summary>A Redis that answers and takes nothing: full, or short of replicas.</summary>
[Collection("faults")]
public sealed class RedisRefusalTests(FaultApplication faults)
{
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
            await Until.TrueAsync(() => Task.FromResult(new[] { "api", "generate-worker", "bg-worker" }.Any(name => _app.ConsoleOf(name).Contains(words, StringComparison.Ordinal))),
                IvgClient.Patience, "the reason to be logged");
            foreach (var job in jobs) Assert.Equal("queued", (string?)(await user.GetJsonAsync($"/api/jobs/{job["job_id"]}"))["status"]);
        }

        var done = await Work.SucceedAsync(user, jobs);
        Assert.All(done, job => Assert.Equal(1, (int)job["attempt"]!));
        await Books.BalanceAsync(_app, user, done);
        await Books.QuietAsync(_app);
    }
}
