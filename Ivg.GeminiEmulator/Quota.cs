using Microsoft.Extensions.Options;

namespace Ivg.GeminiEmulator;

/// <summary>A fixed window of requests for each model.</summary>
internal sealed class Quota(IOptions<EmulatorOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Window, int Used)> _used = [];

    /// <summary>Null when the request is within the quota, else the wait until it is.</summary>
    public TimeSpan? Take(string model)
    {
        if (options.Value.RequestsPerMinute <= 0) return null;
        var length = options.Value.QuotaWindow;
        var now = TimeProvider.System.GetElapsedTime(0).TotalSeconds;
        var window = (long)(now / length);
        lock (_gate)
        {
            var used = _used.TryGetValue(model, out var entry) && entry.Window == window ? entry.Used : 0;
            if (used >= options.Value.RequestsPerMinute) return TimeSpan.FromSeconds((window + 1) * length - now);
            _used[model] = (window, used + 1);
            return null;
        }
    }
}
