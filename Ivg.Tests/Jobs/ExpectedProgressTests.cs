using System.Threading.Channels;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace Ivg.Tests.Jobs;

/// <summary>A long silent step's bar, on a clock of the test's own.</summary>
public sealed class ExpectedProgressTests
{
    private const int Begin = 20;
    private const int Next = 70;

    private readonly FakeTimeProvider _time = new();
    private readonly Channel<int> _told = Channel.CreateUnbounded<int>();
    private readonly ExpectedProgress _expected;

    public ExpectedProgressTests() => _expected = new(_time);

    [Fact]
    public async Task Unmeasured_step_moves_by_a_guess()
    {
        var figures = await RunAsync("step", seconds: 10);
        Assert.Equal(5, figures.Count);
        Assert.Equal(65, figures[^1]);
        Assert.Equal(figures.Distinct().Order(), figures);
    }

    [Fact]
    public async Task Measured_step_moves_by_what_it_took_before()
    {
        await RunAsync("step", seconds: 40);
        var second = await RunAsync("step", seconds: 40);
        // Nine tenths of the way after its usual time, and not after the guess's.
        Assert.Equal(65, second[^1]);
        Assert.True(second[4] < 45, string.Join(' ', second));
        Assert.Equal(65, (await RunAsync("another", seconds: 10))[^1]);
    }

    [Fact]
    public async Task Usual_time_follows_slowly()
    {
        await RunAsync("step", seconds: 10);
        await RunAsync("step", seconds: 20);
        // 10 s and three tenths of the way to 20 s.
        Assert.Equal(Begin + (int)((Next - Begin) * (1 - Math.Pow(0.1, 12 / 13.0))), (await RunAsync("step", seconds: 12))[^1]);
    }

    [Fact]
    public async Task Step_that_takes_far_too_long_stays_below_the_next()
    {
        var figures = await RunAsync("step", seconds: 600);
        Assert.Equal(Next - 1, figures[^1]);
    }

    [Fact]
    public async Task Short_step_tells_nothing() => Assert.Empty(await RunAsync("step", seconds: 1));

    [Fact]
    public async Task Failed_step_is_no_measure()
    {
        var failing = _expected.RunAsync<int>("step", Begin, Next, _ => Task.CompletedTask, () =>
        {
            _time.Advance(TimeSpan.FromSeconds(100));
            throw new InvalidOperationException();
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal(65, (await RunAsync("step", seconds: 10))[^1]);
    }

    [Fact]
    public async Task Figures_that_cannot_be_told_do_not_harm_the_step()
    {
        var step = new TaskCompletionSource<string>();
        var running = _expected.RunAsync("step", Begin, Next, _ =>
        {
            _told.Writer.TryWrite(0);
            throw new TimeoutException();
        }, () => step.Task);
        _time.Advance(TimeSpan.FromSeconds(2));
        await _told.Reader.ReadAsync();
        step.SetResult("done");
        Assert.Equal("done", await running);
    }

    /// <summary>Runs a step of that length, waiting for each figure before the clock goes on.</summary>
    private async Task<List<int>> RunAsync(string name, int seconds)
    {
        var step = new TaskCompletionSource<int>();
        var running = _expected.RunAsync(name, Begin, Next, figure => _told.Writer.WriteAsync(figure).AsTask(), () => step.Task);
        var figures = new List<int>();
        for (var at = 0; at < seconds; at++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            if (at % 2 == 1) figures.Add(await _told.Reader.ReadAsync());
        }
        step.SetResult(1);
        await running;
        return figures;
    }
}
