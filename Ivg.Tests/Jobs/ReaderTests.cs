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
            var reading = await BlockAsync(rig, reader, "stopping", stop.Token);
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
            var reading = await BlockAsync(rig, reader, $"stopping-{round}", stop.Token);
            var job = Guid.CreateVersion7();
            await Task.WhenAll(rig.AddAsync(job), stop.CancelAsync());
            var got = (await reading).Select(delivery => delivery.JobId!.Value);
            Assert.Equal([job], got.Concat(await rig.ReadAsync("next")));
        }
    }

    private static JobReader Reader(SweepRig rig, string name) =>
        new(ConfigurationOptions.Parse(rig.Servers.RedisConnection), rig.Stream, SweepRig.Queue, name, NullLogger.Instance);

    // A read is over after two seconds, which a busy machine may need to look.
    private static async Task<Task<IReadOnlyList<JobDelivery>>> BlockAsync(SweepRig rig, JobReader reader, string name, CancellationToken cancellationToken)
    {
        var reading = reader.ReadAsync(1, 0, cancellationToken);
        await Until.TrueAsync(async () =>
        {
            if (reading.IsCompleted) reading = reader.ReadAsync(1, 0, cancellationToken);
            return await BlockedAsync(rig, name);
        }, IvgClient.Patience, "the read to block");
        return reading;
    }

    private static async Task<bool> BlockedAsync(SweepRig rig, string name) =>
        ((string)(await rig.Redis.ExecuteAsync("CLIENT", "LIST"))!).Split('\n').Any(client => client.Contains($"name={name} ", StringComparison.Ordinal)
            && client.Contains(" flags=b", StringComparison.Ordinal));
}
