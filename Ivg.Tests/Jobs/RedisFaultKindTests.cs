using Ivg.Core.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Ivg.Tests.Jobs;

/// <summary>What Redis's client refuses by itself is told by an exception of another family than what the server refuses.</summary>
public sealed class RedisFaultKindTests
{
    [Fact]
    public async Task Command_refused_by_the_client_leaves_the_job_to_the_sweeper()
    {
        await using var rig = await SweepRig.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(rig.Servers.RedisConnection + ",$XADD=");
        var stream = new JobStream(redis);
        var dispatcher = new JobDispatcher(rig.Servers.Database, stream, TimeProvider.System, NullLogger<JobDispatcher>.Instance);
        var job = (await rig.Leases.ClaimAsync((await rig.InsertAsync(1))[0], streamId: null))!.Job;

        var refused = await Assert.ThrowsAsync<RedisCommandException>(() => stream.AddAsync(job));
        Assert.True(RedisFault.Is(refused));
        await dispatcher.TryDispatchAsync([job]);
        Assert.Empty(await rig.EntriesAsync());
    }
}
