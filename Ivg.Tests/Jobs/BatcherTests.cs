using System.Collections.Concurrent;
using Ivg.Tests.Application;
using Ivg.Core.Jobs;

namespace Ivg.Tests.Jobs;

/// <summary>How items that arrive together become one statement, and what they must not do to each other.</summary>
public sealed class BatcherTests : IDisposable
{
    private readonly ConcurrentQueue<string[]> _batches = new();
    private readonly SemaphoreSlim _gate = new(0);

    [Fact]
    public async Task RunAsync_Alone_WaitsForNobody()
    {
        _gate.Release();
        Assert.Equal("a1!", await Batcher().RunAsync("a1", 0, CancellationToken.None));
        Assert.Equal(["a1"], Assert.Single(_batches));
    }

    [Fact]
    public async Task RunAsync_WhileOneIsUnderWay_GoTogetherAndEachGetsItsOwnAnswer()
    {
        var batcher = Batcher();
        var answers = new[] { "a1", "b1", "c1", "d1" }.Select(item => batcher.RunAsync(item, 0, CancellationToken.None)).ToList();
        _gate.Release(2);
        Assert.Equal(["a1!", "b1!", "c1!", "d1!"], await Task.WhenAll(answers));
        Assert.Equal(["a1"], _batches.First());
        Assert.Equal(["b1", "c1", "d1"], _batches.Last());
    }

    [Fact]
    public async Task Items_of_one_key_never_share_a_statement()
    {
        var batcher = Batcher();
        var answers = new[] { "a1", "a2", "b1", "a3" }.Select(item => batcher.RunAsync(item, 0, CancellationToken.None)).ToList();
        _gate.Release(3);
        await Task.WhenAll(answers);
        Assert.Equal([["a1"], ["a2", "b1"], ["a3"]], _batches);
    }

    [Fact]
    public async Task Light_item_does_not_wait_behind_a_heavy_one()
    {
        var batcher = Batcher();
        var heavy = batcher.RunAsync("a1", 1 << 20, CancellationToken.None);
        var light = batcher.RunAsync("b1", 0, CancellationToken.None);
        await Until.TrueAsync(() => Task.FromResult(_batches.Count == 2), TimeSpan.FromSeconds(10), "both statements to begin");
        Assert.False(heavy.IsCompleted);
        _gate.Release(2);
        await Task.WhenAll(heavy, light);
    }

    [Fact]
    public async Task Item_that_fails_alone_fails_alone()
    {
        var batcher = Batcher();
        var first = batcher.RunAsync("a1", 0, CancellationToken.None);
        var bad = batcher.RunAsync("bad", 0, CancellationToken.None);
        var good = batcher.RunAsync("c1", 0, CancellationToken.None);
        _gate.Release(4);
        Assert.Equal(["a1!", "c1!"], await Task.WhenAll(first, good));
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
    }

    [Fact]
    public async Task Database_that_is_away_is_asked_once_for_all()
    {
        var batcher = Batcher();
        var first = batcher.RunAsync("a1", 0, CancellationToken.None);
        var others = new[] { "away", "c1" }.Select(item => batcher.RunAsync(item, 0, CancellationToken.None)).ToList();
        _gate.Release(2);
        await first;
        foreach (var other in others) await Assert.ThrowsAsync<TimeoutException>(() => other);
        Assert.Equal(2, _batches.Count);
    }

    [Fact]
    public async Task RunAsync_CancelledBeforeItBegan_IsLeftOut()
    {
        var batcher = Batcher();
        using var gone = new CancellationTokenSource();
        var first = batcher.RunAsync("a1", 0, CancellationToken.None);
        var left = batcher.RunAsync("b1", 0, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        var last = batcher.RunAsync("c1", 0, CancellationToken.None);
        _gate.Release(2);
        await Task.WhenAll(first, last);
        Assert.Equal([["a1"], ["c1"]], _batches);
    }

    public void Dispose() => _gate.Dispose();

    private Batcher<string, string> Batcher() => new(item => item[..1], async batch =>
    {
        _batches.Enqueue([.. batch]);
        await _gate.WaitAsync();
        if (batch.Contains("bad")) throw new InvalidOperationException("A bad row.");
        if (batch.Contains("away")) throw new TimeoutException("Nobody there.");
        return [.. batch.Select(item => item + "!")];
    });
}
