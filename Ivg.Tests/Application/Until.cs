using System.Diagnostics;

namespace Ivg.Tests.Application;

/// <summary>Waits for a condition, never for a length of time.</summary>
internal static class Until
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static async Task<T> TrueAsync<T>(Func<Task<T?>> condition, TimeSpan longest, string what) where T : class
    {
        var clock = Stopwatch.StartNew();
        using var ticks = new PeriodicTimer(Interval);
        while (clock.Elapsed < longest)
        {
            if (await condition() is { } value) return value;
            await ticks.WaitForNextTickAsync();
        }
        throw new TimeoutException($"Waited {longest.TotalSeconds:0} s for {what}.");
    }

    public static Task TrueAsync(Func<Task<bool>> condition, TimeSpan longest, string what) =>
        TrueAsync(async () => await condition() ? "yes" : null, longest, what);

    /// <summary>Says besides what is in the way, when it did not come about.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan longest, string what, Func<Task<string>> left)
    {
        try
        {
            await TrueAsync(condition, longest, what);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{await left()}", e);
        }
    }
}
