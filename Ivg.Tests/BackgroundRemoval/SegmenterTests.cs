using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
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
        var folder = Directory.CreateTempSubdirectory("ivg-twins-").FullName;
        using var store = new ModelStore(Options.Create(new BackgroundRemovalOptions { ModelDirectory = folder }), TimeProvider.System, NullLogger<ModelStore>.Instance);
        foreach (var model in (BackgroundModel[])[fixture.Model, twin])
            File.CreateSymbolicLink(store.PathOf(model), fixture.Get<ModelStore>().PathOf(fixture.Model));
        using var segmenter = new Segmenter(store, fixture.Get<DefaultModel>(), TimeProvider.System, NullLogger<Segmenter>.Instance, fixture.Model.PeakBytes * 3 / 2);
        var inUse = await segmenter.AcquireAsync(fixture.Model, CancellationToken.None);

        var waiting = segmenter.AcquireAsync(twin, CancellationToken.None);
        // The store is asked for the weights first, so a refusal would be here by then.
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(patience.Token));
        segmenter.Release(inUse);

        Assert.Equal("isnet-twin", (await waiting.WaitAsync(TimeSpan.FromMinutes(2))).Model.Name);
        Directory.Delete(folder, recursive: true);
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

    private Segmenter Segmenter(TimeProvider time, long memory = long.MaxValue) => new(
        fixture.Get<ModelStore>(), fixture.Get<DefaultModel>(), time, NullLogger<Segmenter>.Instance, memory);
}
