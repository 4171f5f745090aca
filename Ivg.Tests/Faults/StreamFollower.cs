using System.Collections.Concurrent;
using Ivg.Tests.Application;
using Ivg.Tests.Streams;

namespace Ivg.Tests.Faults;

/// <summary>Follows all of a user's jobs as a browser does: comes back with the last id as often as it is cut off.</summary>
internal sealed class StreamFollower : IAsyncDisposable
{
    private readonly IvgClient _user;
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentQueue<long> _seen = new();
    private readonly Task _following;

    public StreamFollower(IvgClient user) => (_user, _following) = (user, Task.Run(FollowAsync));

    /// <summary>The ids of all events so far, in the order of their arrival.</summary>
    public IReadOnlyList<long> Seen => [.. _seen];

    /// <summary>How often it had to come back.</summary>
    public int Cuts { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _following;
        _over.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                await using var stream = await LiveStream.OpenAsync(_user, lastEventId: _seen.LastOrDefault());
                var told = 0;
                await stream.ReadUntilAsync(so =>
                {
                    // Asked after each ping too, which tells nothing new.
                    if (so.Count > told) _seen.Enqueue(so[^1].Id);
                    told = so.Count;
                    return false;
                }).WaitAsync(_over.Token);
            }
#pragma warning disable CA1031 // Do not catch general exception types: however the stream ended, its reader comes back; the audit tells whether that was enough.
            catch (Exception)
#pragma warning restore CA1031
            {
                Cuts++;
                await Task.Delay(100, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
