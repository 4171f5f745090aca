using System.Collections.Concurrent;

namespace Ivg.Core.Jobs;

/// <summary>Moves the bar of a step that tells nothing of itself, by the time that such steps took before in this process.</summary>
internal sealed class ExpectedProgress(TimeProvider time)
{
    // Where nothing was measured yet: a wrong guess makes the bar move too fast or too slowly, and no more.
    private const double Unmeasured = 10;
    private const double WeightOfNewest = 0.3;

    // Each report is a row and an event, so short steps tell none and long ones not more than the eye wants.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, double> _usual = new();

    /// <summary>Runs the step and reports, every two seconds, a figure that nears <paramref name="next"/> and stays below it.</summary>
    /// <param name="step">What is measured together.</param>
    /// <param name="begin">The figure with which it begins.</param>
    /// <param name="next">The figure with which the next step begins.</param>
    /// <param name="report">Told the figures; what it throws is nobody's affair, for progress is comfort.</param>
    /// <param name="run">The step.</param>
    public async Task<T> RunAsync<T>(string step, int begin, int next, Func<int, Task> report, Func<Task<T>> run)
    {
        var started = time.GetTimestamp();
        using var over = new CancellationTokenSource();
        var telling = TellAsync(_usual.GetValueOrDefault(step, Unmeasured), started, begin, next, report, over.Token);
        T result;
        try
        {
            result = await run();
        }
        finally
        {
            // None is told after the step, for the next one's stage would fall back.
            await over.CancelAsync();
            await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        // One that failed says nothing of how long it takes.
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        _usual.AddOrUpdate(step, seconds, (_, usual) => usual + WeightOfNewest * (seconds - usual));
        return result;
    }

    private async Task TellAsync(double usual, long started, int begin, int next, Func<int, Task> report, CancellationToken over)
    {
        using var ticks = new PeriodicTimer(Interval, time);
        while (await ticks.WaitForNextTickAsync(over))
        {
            // After its usual time it has come nine tenths of the way.
            var share = 1 - Math.Pow(0.1, time.GetElapsedTime(started).TotalSeconds / usual);
            await report(Math.Min(begin + (int)((next - begin) * share), next - 1));
        }
    }
}
