using Ivg.Api.Jobs;

namespace Ivg.Tests.Streams;

/// <summary>What wakes a stream that waits, and what is kept for one that is busy.</summary>
public sealed class WatcherTests
{
    private readonly WatcherSet<string> _watchers = new();

    [Fact]
    public async Task Wake_of_a_busy_stream_is_kept_until_it_waits()
    {
        using var watcher = _watchers.Watch("a", 0);
        _watchers.Wake("a");
        Assert.Equal(Wake.Changed, await watcher.WaitAsync(1, 0));
        Assert.False(watcher.WaitAsync(1, 0).IsCompleted);
    }

    [Fact]
    public async Task Wake_of_a_version_that_was_told_wakes_nobody()
    {
        using var watcher = _watchers.Watch("a", 0);
        var waiting = watcher.WaitAsync(5, 0);
        _watchers.Wake("a", 5);
        Assert.False(waiting.IsCompleted);
        _watchers.Wake("a", 6);
        Assert.Equal(Wake.Changed, await waiting);
    }

    [Fact]
    public async Task End_while_busy_stays_the_end_whatever_else_happens()
    {
        using var watcher = _watchers.Watch("a", 0);
        watcher.Wake(Wake.Over);
        _watchers.Wake("a");
        watcher.Wake(Wake.Quiet);
        Assert.Equal(Wake.Over, await watcher.WaitAsync(1, 0));
        Assert.Equal(Wake.Over, await watcher.WaitAsync(1, 0));
    }

    [Fact]
    public async Task Silence_of_a_busy_stream_is_none()
    {
        using var watcher = _watchers.Watch("a", 0);
        watcher.Wake(Wake.Quiet);
        var waiting = watcher.WaitAsync(1, 0);
        Assert.False(waiting.IsCompleted);
        watcher.Wake(Wake.Quiet);
        Assert.Equal(Wake.Quiet, await waiting);
    }

    [Fact]
    public void Dispose_LastOfAKey_ForgetsTheKeyAndOnlyThat()
    {
        var first = _watchers.Watch("a", 0);
        using var second = _watchers.Watch("a", 0);
        using var other = _watchers.Watch("b", 0);
        first.Dispose();
        Assert.Equal(["a", "b"], _watchers.Keys.Order());
        second.Dispose();
        Assert.Equal(["b"], _watchers.Keys);
    }
}
