using System.Globalization;

namespace Ivg.Api.Slow;

/// <summary>Where a request's time went, told in the order in which its stages ended.</summary>
internal sealed class RequestStages(TimeProvider time)
{
    private readonly List<(string Stage, TimeSpan Took)> _stages = [];
    private readonly long _began = time.GetTimestamp();
    private long _last = time.GetTimestamp();

    /// <summary>How long the request has taken so far.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    /// <summary>Ends a stage.</summary>
    public void End(string stage)
    {
        var now = time.GetTimestamp();
        _stages.Add((stage, time.GetElapsedTime(_last, now)));
        _last = now;
    }

    public override string ToString() =>
        string.Join(", ", _stages.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Stage} {one.Took.TotalMilliseconds:0}")));
}
