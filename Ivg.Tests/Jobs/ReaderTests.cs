using Ivg.Core.Jobs;
using Ivg.Tests.Application;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Ivg.Tests.Jobs;

/// <summary>What a reader that stops must not take with it.</summary>
public sealed class ReaderTests
{
    [Fact]
    public async Task Entry_that_comes_after_the_stop_is_the_next_readers()
    {
        await using var rig = await SweepRig.StartAsync();
        await rig.Stream.EnsureGroupAsync(SweepRig.Queue);
        using var stop = new CancellationTokenSource();
        await using (var reader = Reader(rig, "stopping"))
        {
            var reading = reader.ReadAsync(1, 0, stop.Token);
            await Until.TrueAsync(() => BlockedAsync(rig, "stopping"), IvgClient.Patience, "the read to block");
            await stop.CancelAsync();
            Assert.Empty(await reading);
            var job = Guid.CreateVersion7();
            await rig.AddAsync(job);
            Assert.Equal([job], await rig.ReadAsync("next"));
        }
        Assert.Equal(0, (await rig.ConsumersAsync())["stopping"]);
    }

    [Fact]
    public async Task Entry_that_comes_with_the_stop_is_delivered_or_left()
    {
        await using var rig = await SweepRig.StartAsync();
        await rig.Stream.EnsureGroupAsync(SweepRig.Queue);
        for (var round = 0; round < 20; round++)
        {
            using var stop = new CancellationTokenSource();
            await using var reader = Reader(rig, $"stopping-{round}");
            var reading = reader.ReadAsync(1, 0, stop.Token);
            await Until.TrueAsync(() => BlockedAsync(rig, $"stopping-{round}"), IvgClient.Patience, "the read to block");
            var job = Guid.CreateVersion7();
            await Task.WhenAll(rig.AddAsync(job), stop.CancelAsync());
            var got = (await reading).Select(delivery => delivery.JobId!.Value);
            Assert.Equal([job], got.Concat(await rig.ReadAsync("next")));
        }
    }

    private static JobReader Reader(SweepRig rig, string name) =>
        new(ConfigurationOptions.Parse(rig.Servers.RedisConnection), rig.Stream, SweepRig.Queue, name, NullLogger.Instance);

    private static async Task<bool> BlockedAsync(SweepRig rig, string name) =>
        ((string)(await rig.Redis.ExecuteAsync("CLIENT", "LIST"))!).Split('\n').Any(client => client.Contains($"name={name} ", StringComparison.Ordinal)
            && client.Contains(" flags=b", StringComparison.Ordinal));
}
