using System.Collections.Concurrent;
using Ivg.Api.Images;
using Ivg.Core.Images;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Images;

/// <summary>What is erased while it is being rendered.</summary>
public sealed class RenderingsTests : IDisposable
{
    private static readonly byte[] Sha256 = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Picture = TestPictures.Png(300, 200);

    private readonly DecodeSlots _slots = new(4, IvgClient.Patience);
    private readonly Renderings _renderings;

    public RenderingsTests() => _renderings = new(_slots, TimeProvider.System);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Image_ForgottenWhileItIsMade_IsNeitherServedNorKept(bool isRendering)
    {
        var (reads, gone) = (new ConcurrentQueue<TaskCompletionSource<byte[]?>>(), Task.FromResult<byte[]?>(null));
        // The first to read comes before the deletion and is held at the gate until after it; whoever reads later finds nothing.
        Task<byte[]?> ReadAsync()
        {
            if (!reads.IsEmpty) return gone;
            var gate = new TaskCompletionSource<byte[]?>(TaskCreationOptions.RunContinuationsAsynchronously);
            reads.Enqueue(gate);
            return gate.Task;
        }
        var asked = Enumerable.Range(0, 3).Select(_ => GetAsync(isRendering, ReadAsync)).ToList();
        await Until.TrueAsync(() => Task.FromResult(!reads.IsEmpty), IvgClient.Patience, "the first to read");
        _renderings.Forget(Sha256);
        Assert.True(reads.TryPeek(out var first));
        first.SetResult(Picture);

        Assert.All(await Task.WhenAll(asked), Assert.Null);
        Assert.Null(await GetAsync(isRendering, () => gone));
    }

    [Fact]
    public async Task Image_ForgottenForAnotherWhoHadTheSame_IsStillTheirs()
    {
        var gate = new TaskCompletionSource<byte[]?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var deleted = GetAsync(isRendering: true, () => gate.Task.IsCompleted ? Task.FromResult<byte[]?>(null) : gate.Task);
        var theirs = GetAsync(isRendering: true, () => Task.FromResult<byte[]?>(Picture));
        Assert.False(theirs.IsCompleted);
        _renderings.Forget(Sha256);
        gate.SetResult(Picture);

        Assert.Equal(64, Pictures.Identify((await theirs)!).Width);
        // Whose was deleted gets nothing, or what is another's just as much.
        await deleted;
    }

    public void Dispose()
    {
        _renderings.Dispose();
        _slots.Dispose();
    }

    private async Task<byte[]?> GetAsync(bool isRendering, Func<Task<byte[]?>> read) => isRendering
        ? await _renderings.GetAsync(Sha256, 64, ImageFormat.Png, read, CancellationToken.None)
        : (await _renderings.OriginalAsync(Sha256, Picture.Length, 0, Picture.Length, (_, _, _) => read(), CancellationToken.None))?.ToArray();
}
