using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ivg.ServiceDefaults.Health;

/// <summary>Runs the health checks, at most once in two seconds however often it is asked, each bounded to two seconds.</summary>
public sealed class HealthReporter(HealthCheckService checks, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Lazy<Task<(DateTimeOffset At, HealthReport Report)>>> _latest = new();

    /// <summary>The report over the checks that carry <paramref name="tag"/> (<c>live</c>), or over all of them (<c>ready</c>).</summary>
    public async Task<HealthReport> CheckAsync(string tag, CancellationToken cancellationToken)
    {
        var current = _latest.GetOrAdd(tag, NewRun);
        if (current.Value.IsCompleted && time.GetUtcNow() - (await current.Value).At > Freshness)
        {
            var next = NewRun(tag);
            current = _latest.TryUpdate(tag, next, current) ? next : _latest[tag];
        }
        return (await current.Value.WaitAsync(cancellationToken)).Report;
    }

    // One run serves everybody who asks meanwhile, so no caller's own token may end it.
    private Lazy<Task<(DateTimeOffset, HealthReport)>> NewRun(string tag) => new(async () =>
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
        var report = await checks.CheckHealthAsync(check => tag == "ready" || check.Tags.Contains(tag), limit.Token);
        return (time.GetUtcNow(), report);
    });
}
