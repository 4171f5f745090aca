using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>The streams that a page has asked for, each with the event behind which it goes on.</summary>
internal sealed class StreamLog
{
    private readonly ConcurrentQueue<string?> _begun = new();
    private int _ended;

    public StreamLog(IPage page)
    {
        page.Request += (_, request) =>
        {
            if (IsStream(request)) _begun.Enqueue(request.Headers.GetValueOrDefault("last-event-id"));
        };
        page.RequestFailed += (_, request) =>
        {
            if (IsStream(request)) Interlocked.Increment(ref _ended);
        };
    }

    /// <summary>Their <c>Last-Event-ID</c>s; null for one that began anew.</summary>
    public IReadOnlyList<string?> Begun => [.. _begun];

    /// <summary>How many were cut, by whomever.</summary>
    public int Ended => Volatile.Read(ref _ended);

    private static bool IsStream(IRequest request) => request.Url.EndsWith("/api/jobs/stream", StringComparison.Ordinal);
}
