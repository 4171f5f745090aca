using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>
/// A thread that only beats, with a connection of its own. However many jobs compute, and whoever waits for a thread of the pool or for one of its
/// connections, leases are kept: nothing here is asynchronous, for every continuation would have to wait for a thread too.
/// </summary>
internal sealed partial class LeaseKeeper(NpgsqlDataSource database, TimeSpan heartbeat, Action<NpgsqlConnection> beat, ILogger logger)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private NpgsqlConnection? _connection;
    private bool _failing;

    /// <summary>Beats until stopped.</summary>
    public Task RunAsync(CancellationToken stopping)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                Run(stopping);
                ended.SetResult();
            }
#pragma warning disable CA1031 // Do not catch general exception types: it is the waiting host that is told.
            catch (Exception e)
#pragma warning restore CA1031
            {
                ended.SetException(e);
            }
        })
        { IsBackground = true, Name = "leases", Priority = ThreadPriority.AboveNormal }.Start();
        return ended.Task;
    }

    private void Run(CancellationToken stopping)
    {
        // The first one comes before there is anything to keep, so that the connection is there when others are busy with theirs.
        while (true)
        {
            // A beat that fails is soon tried again: the lease outlives only two of them.
            var pause = TryBeat() || heartbeat < Again ? heartbeat : Again;
            if (stopping.WaitHandle.WaitOne(pause)) break;
        }
        _connection?.Dispose();
    }

    private bool TryBeat()
    {
        try
        {
            _connection ??= database.OpenConnection();
            beat(_connection);
            _failing = false;
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            if (!_failing) LogMissedBeat(logger, e);
            _failing = true;
            _connection?.Dispose();
            _connection = null;
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A heartbeat failed; it is tried again each second")]
    private static partial void LogMissedBeat(ILogger logger, Exception exception);
}
