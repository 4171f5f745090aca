using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Ivg.Tests.BackgroundRemoval;

[Collection("background removal")]
public sealed class SegmenterTests(ModelFixture fixture)
{
    [Fact]
    public async Task AcquireAsync_TwoAtOnce_ShareOneSession()
    {
        using var segmenter = Segmenter(TimeProvider.System);

        var both = await Task.WhenAll(
            Task.Run(() => segmenter.AcquireAsync(fixture.Model, CancellationToken.None)),
            Task.Run(() => segmenter.AcquireAsync(fixture.Model, CancellationToken.None)));

        Assert.Same(both[0].Session, both[1].Session);
        Assert.Equal(2, both[0].Users);
    }

    [Fact]
    public async Task AcquireAsync_LongIdle_LoadsAnewAndOneInUseStays()
    {
        var time = new FakeTimeProvider();
        using var segmenter = Segmenter(time);
        var first = await segmenter.AcquireAsync(fixture.Model, CancellationToken.None);
        time.Advance(2 * Ivg.Core.BackgroundRemoval.Segmenter.IdleTime);
        Assert.Same(first, await segmenter.AcquireAsync(fixture.Model, CancellationToken.None));

        segmenter.Release(first);
        segmenter.Release(first);
        time.Advance(2 * Ivg.Core.BackgroundRemoval.Segmenter.IdleTime);

        Assert.NotSame(first, await segmenter.AcquireAsync(fixture.Model, CancellationToken.None));
    }

    [Fact]
    public async Task AcquireAsync_NoRoomBesideOneInUse_WaitsUntilItIsGivenBack()
    {
        // The same weights under another name need room of their own.
        var twin = fixture.Model with { Name = "isnet-twin" };
        using var models = new LinkedModels(fixture, fixture.Model, twin);
        using var segmenter = Segmenter(TimeProvider.System, fixture.Model.PeakBytes * 3 / 2, store: models.Store);
        var inUse = await segmenter.AcquireAsync(fixture.Model, CancellationToken.None);

        var waiting = segmenter.AcquireAsync(twin, CancellationToken.None);
        await StillWaitsAsync(waiting);
        segmenter.Release(inUse);

        Assert.Equal("isnet-twin", (await waiting.WaitAsync(TimeSpan.FromMinutes(2))).Model.Name);
    }

    [Fact]
    public async Task AcquireAsync_RoomForTheWeightsButNotForASecondRun_WaitsForTheFirst()
    {
        // Eight cores and memory for two runs of the default model: two slots. The other one fits once.
        var large = fixture.Model with { Name = "isnet-large", PeakBytes = 2 * fixture.Model.PeakBytes };
        using var models = new LinkedModels(fixture, large);
        using var segmenter = Segmenter(TimeProvider.System, fixture.Model.PeakBytes * 3, store: models.Store, cores: 8);
        var first = await segmenter.AcquireAsync(large, CancellationToken.None);

        var second = segmenter.AcquireAsync(large, CancellationToken.None);
        await StillWaitsAsync(second);
        segmenter.Release(first);

        Assert.Same(first, await second.WaitAsync(TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public async Task AcquireAsync_RoomForTwoRunsOfOneModel_CountsItsWeightsOnce()
    {
        var model = fixture.Model;
        using var segmenter = Segmenter(TimeProvider.System, model.Bytes + 2 * model.RunBytes, cores: 8);

        var both = await Task.WhenAll(segmenter.AcquireAsync(model, CancellationToken.None), segmenter.AcquireAsync(model, CancellationToken.None)).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Same(both[0], both[1]);
    }

    [Fact]
    public async Task SegmentAsync_BurstWithTwoSlotsAndRoomForOneRun_IsDoneInTurn()
    {
        var large = fixture.Model with { Name = "isnet-large", PeakBytes = 2 * fixture.Model.PeakBytes };
        using var models = new LinkedModels(fixture, large);
        using var segmenter = Segmenter(TimeProvider.System, fixture.Model.PeakBytes * 3, store: models.Store, cores: 8);
        var picture = Pictures.ToSquare(Drawn.Ball(200, 200), large.Input.Side, grey: 128);

        var maps = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => segmenter.SegmentAsync(large, picture, CancellationToken.None))).WaitAsync(TimeSpan.FromMinutes(5));

        Assert.All(maps, map => Assert.Equal(maps[0].Values, map.Values));
        Assert.Equal(large.PeakBytes, (await segmenter.AcquireAsync(large, CancellationToken.None)).HeldBytes(0));
    }

    [Fact]
    public async Task AcquireAsync_MoreThanTheProcessMayUse_IsRefused()
    {
        using var segmenter = Segmenter(TimeProvider.System, fixture.Model.PeakBytes / 2);

        var failed = await Assert.ThrowsAsync<JobFailedException>(() => segmenter.AcquireAsync(fixture.Model, CancellationToken.None));

        Assert.Equal(JobErrorCodes.ModelUnavailable, failed.Error.Code);
    }

    [Fact]
    public void OptimisedGraph_Damaged_IsMadeAnew()
    {
        var folder = Directory.CreateTempSubdirectory("ivg-optimised-").FullName;
        var weights = fixture.Get<ModelStore>().PathOf(fixture.Model);
        using (new ModelSession(fixture.Model, weights, 1, folder))
        {
        }
        var kept = Assert.Single(Directory.GetFiles(folder));
        using (var file = File.OpenWrite(kept)) file.SetLength(1000);

        using (new ModelSession(fixture.Model, weights, 1, folder))
        {
        }

        Assert.True(new FileInfo(Assert.Single(Directory.GetFiles(folder))).Length > 1_000_000);
        Directory.Delete(folder, recursive: true);
    }

    // Weights are looked for before room is, so a refusal would be here by then.
    private static async Task StillWaitsAsync(Task waiting)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(patience.Token));
    }

    private Segmenter Segmenter(TimeProvider time, long memory = long.MaxValue, ModelStore? store = null, int cores = 2) => new(
        store ?? fixture.Get<ModelStore>(), fixture.Get<DefaultModel>(), time, NullLogger<Segmenter>.Instance, memory, cores);
}
