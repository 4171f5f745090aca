using Microsoft.Extensions.Options;

namespace Ivg.GeminiEmulator;

/// <summary>Requests a minute, pictures a minute and requests a day for each model, in fixed windows. Every request asks for one picture.</summary>
internal sealed class Quota(IOptions<EmulatorOptions> options, TimeProvider time)
{
    private const int MinutesADay = 1440;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Model, string Id), (long Window, int Used)> _used = [];

    /// <summary>Null when the request is within all quotas, else the one that is used up and the wait until it is not.</summary>
    public (string Id, int Limit, TimeSpan Wait)? Take(string model)
    {
        var now = time.GetElapsedTime(0).TotalSeconds;
        (string Id, int Limit, double Length)[] limits =
        [
            ("GenerateRequestsPerMinutePerProjectPerModel", options.Value.RequestsPerMinute, options.Value.QuotaWindow),
            ("GenerateImagesPerMinutePerProjectPerModel", options.Value.ImagesPerMinute, options.Value.QuotaWindow),
            ("GenerateRequestsPerDayPerProjectPerModel", options.Value.RequestsPerDay, options.Value.QuotaWindow * MinutesADay),
        ];
        lock (_gate)
        {
            var taken = new List<((string, string) Key, (long, int) Use)>();
            foreach (var (id, limit, length) in limits.Where(limit => limit.Limit > 0))
            {
                var window = (long)(now / length);
                var used = _used.TryGetValue((model, id), out var use) && use.Window == window ? use.Used : 0;
                if (used >= limit) return (id, limit, TimeSpan.FromSeconds((window + 1) * length - now));
                taken.Add(((model, id), (window, used + 1)));
            }
            foreach (var (key, use) in taken) _used[key] = use;
            return null;
        }
    }

    public void Reset()
    {
        lock (_gate) _used.Clear();
    }
}
