using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ivg.Tests.Jobs;

/// <summary>How many jobs a worker runs at once.</summary>
public sealed class WorkerSlotsTests
{
    [Fact]
    public async Task Limit_Backlog_DoublesUpToTheCeiling()
    {
        var slots = new WorkerSlots(1, 6);
        var limits = new List<int>();
        for (var read = 0; read < 5; read++)
        {
            var room = await slots.WaitForRoomAsync(CancellationToken.None);
            // As many as were asked for were there, and they are done before the next read.
            slots.Adapt(room, room);
            slots.Take(room);
            slots.Free(room);
            limits.Add(slots.Limit);
        }

        Assert.Equal([2, 4, 6, 6, 6], limits);
    }

    [Fact]
    public void Limit_EmptyReads_ShrinksToTheFloor()
    {
        var slots = new WorkerSlots(2, 8);
        for (var read = 0; read < 3; read++) slots.Adapt(slots.Limit, slots.Limit);
        Assert.Equal(8, slots.Limit);
        var limits = new List<int>();
        for (var read = 0; read < 8; read++)
        {
            slots.Adapt(slots.Limit, 0);
            limits.Add(slots.Limit);
        }

        Assert.Equal([7, 6, 5, 4, 3, 2, 2, 2], limits);
    }

    [Fact]
    public void Limit_SomeButNotAllThatWasAskedFor_Stays()
    {
        var slots = new WorkerSlots(4, 8);
        slots.Adapt(4, 3);
        Assert.Equal(4, slots.Limit);
    }

    [Fact]
    public async Task Worker_with_a_long_job_still_reads_for_the_next_one()
    {
        var slots = new WorkerSlots(1, 8);
        slots.Take(1);
        slots.Adapt(1, 1);
        for (var read = 0; read < 20; read++) slots.Adapt(1, 0);

        Assert.Equal(1, await slots.WaitForRoomAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Room_AtTheCeiling_ComesWithTheNextEnd()
    {
        var slots = new WorkerSlots(2, 2);
        slots.Take(2);
        for (var read = 0; read < 5; read++) slots.Adapt(2, 0);
        var room = slots.WaitForRoomAsync(CancellationToken.None);
        Assert.False(room.IsCompleted);
        slots.Free(1);

        Assert.Equal(1, await room);
    }

    [Theory]
    [InlineData(8, 16, 64, 2, 8)]
    [InlineData(8, 4, 64, 2, 4)]
    [InlineData(8, 16, 7, 2, 3)]
    [InlineData(8, 16, 1, 2, 1)]
    [InlineData(1, 16, 64, 2, 1)]
    public void Ceiling_Least_OfWhatIsAllowedCoresAndMemory(int allowed, int cores, long memory, long peak, int expected) =>
        Assert.Equal(expected, new WorkerCeiling(cores, memory << 30, peak << 30).Of(allowed));

    [Theory]
    [InlineData("isnet-fp16", 1_600_000_000)]
    [InlineData("birefnet-general", 10_600_000_000)]
    public void BackgroundRemoval_CeilingFromItsSettings_IsThatOfItsModel(string model, long peak)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["BG_MODEL"] = model, ["BG_MODEL_DIR"] = Path.Combine(Path.GetTempPath(), $"no-models-{Guid.NewGuid():N}") });
        builder.AddBackgroundRemoval();
        using var host = builder.Build();
        var ceiling = host.Services.GetRequiredService<WorkerCeiling>();

        Assert.Equal(Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / peak, 1, Environment.ProcessorCount), ceiling.Of(256));
        Assert.Equal(1, ceiling.Of(1));
    }
}
