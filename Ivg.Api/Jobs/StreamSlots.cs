using System.Diagnostics.Metrics;
using Ivg.Api.Errors;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Jobs;

/// <summary>Counts the open streams of this process and refuses those beyond its bounds.</summary>
internal sealed class StreamSlots : IDisposable
{
    private readonly StreamOptions _options;
    private readonly Meter _meter = new("Ivg.Streams");
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _bySession = [];
    private int _open;

    public StreamSlots(IOptions<StreamOptions> options)
    {
        _options = options.Value;
        _meter.CreateObservableGauge("ivg.streams.open", () => Volatile.Read(ref _open), "{stream}", "Streams that are open on this process.");
    }

    /// <summary>Takes a slot, which is free again when disposed.</summary>
    /// <exception cref="ApiException">429 <c>rate_limited</c>.</exception>
    public IDisposable Take(string sessionId)
    {
        lock (_gate)
        {
            var own = _bySession.GetValueOrDefault(sessionId);
            if (own >= _options.PerSession)
                throw new ApiException(429, "rate_limited", $"{own} streams of yours are open. Close some, or follow all jobs on /api/jobs/stream.") { RetryAfter = 5 };
            if (_open >= _options.PerProcess)
                throw new ApiException(429, "rate_limited", "No more streams can be opened here now. Ask for the job from time to time instead.") { RetryAfter = 5 };
            _bySession[sessionId] = own + 1;
            _open++;
        }
        return new Slot(this, sessionId);
    }

    public void Dispose() => _meter.Dispose();

    private void Free(string sessionId)
    {
        lock (_gate)
        {
            _open--;
            if (--_bySession[sessionId] == 0) _bySession.Remove(sessionId);
        }
    }

    private sealed class Slot(StreamSlots owner, string sessionId) : IDisposable
    {
        private int _freed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _freed, 1) == 0) owner.Free(sessionId);
        }
    }
}
